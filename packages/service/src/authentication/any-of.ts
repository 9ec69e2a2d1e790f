import type { Authenticator, TokenRefusal } from "./authenticator.ts";

/** From the one that says least of a token to the one that says most. */
const byInformation: readonly TokenRefusal[] = ["malformed", "unknown", "expired", "revoked"];

/**
 * Accepts whom any of the authenticators accepts, asked in their order. One that cannot tell now, such as an identity
 * provider that is not reached, does not keep the others from telling; its error ends the request only where none
 * of them accepts.
 *
 * @example anyOf([acceptApiKeys(keys.current), acceptTokens(hashes)])
 */
export function anyOf(authenticators: readonly Authenticator[]): Authenticator {
  return {
    authenticate: async (token) => {
      let refusal: TokenRefusal = "malformed";
      const failures: unknown[] = [];
      for (const authenticator of authenticators) {
        try {
          const answer = await authenticator.authenticate(token);
          if (typeof answer !== "string") return answer;
          if (byInformation.indexOf(answer) > byInformation.indexOf(refusal)) refusal = answer;
        } catch (error) {
          failures.push(error);
        }
      }
      if (failures.length > 0) throw failures[0];
      return refusal;
    },
  };
}
