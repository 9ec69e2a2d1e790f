export { catalogue, type Catalogue, type ErrorCode } from "./catalogue.ts";
export type { ErrorCategory, ErrorDefinition, ParametersOf } from "./definition.ts";
export { OsteonError, osteonError } from "./osteon-error.ts";
export { translateSystemError } from "./system-error.ts";
