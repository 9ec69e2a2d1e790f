export { parseSettings, type SettingsKind } from "./parse-settings.ts";
export { looksLikeSecret } from "./secret-shapes.ts";
