export { acceptTokens } from "./authentication/accepted-tokens.ts";
export type { Authenticator, Principal, TokenRefusal } from "./authentication/authenticator.ts";
export { createToken, hashToken } from "./authentication/bearer-token.ts";
export { createService } from "./create-service.ts";
export { apiVersion } from "./openapi-route.ts";
export type { ModelSource, ServedModel } from "./model-source.ts";
export type { RequestFailure, RequestFinished, ServiceObserver } from "./request-event.ts";
export type { ServiceOptions } from "./service-options.ts";
