export { connectionError } from "./connection-error.ts";
export { connectionOptionsOf, placeOfServer } from "./connection-options.ts";
export { readServerAddress, readServerUrl } from "./read-server-address.ts";
export type { ServerAddress } from "./server-address.ts";
export { sqlStateOf } from "./sql-state.ts";
