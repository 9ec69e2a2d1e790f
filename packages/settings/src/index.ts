export { changeSettings, type SettingsChange } from "./change-settings.ts";
export { parseSettings, type SettingsKind } from "./parse-settings.ts";
export { looksLikeSecret } from "./secret-shapes.ts";
