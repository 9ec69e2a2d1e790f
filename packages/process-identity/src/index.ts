export { isRunning, startOfProcess } from "./process-identity.ts";
