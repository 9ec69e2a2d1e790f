export { profileSchema, type Profile } from "./profile.ts";
