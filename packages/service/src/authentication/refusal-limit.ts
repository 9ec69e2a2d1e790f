import { osteonError, type OsteonError } from "@osteon/errors";
import { addressGroup } from "../limits/address-group.ts";
import { RecentMap } from "../limits/recent-map.ts";
import type { SlidingQuota } from "../limits/sliding-quota.ts";
import { isApiKey } from "./api-keys/api-key.ts";
import { hashToken } from "./bearer-token.ts";

/** Tokens remembered as accepted. */
const rememberedTokens = 10_000;

/**
 * Limits how fast tokens can be tried from one address, without shutting out others who share it behind a proxy or a
 * hospital's one address to the outside. Once too many were refused there,
 *
 * - a token that was accepted before is looked at as ever;
 * - so is one whose form says that it cannot be guessed, an API key or a JWT: only the answer to a wrong one changes;
 * - any other, which might be a word that somebody thought of, is refused unseen, even if it is right.
 */
export class RefusalLimit {
  readonly #refusals: SlidingQuota | undefined;
  // Digests: the tokens themselves are not kept.
  readonly #accepted = new RecentMap<true>(rememberedTokens);

  /** @param refusals refused tokens of an address; undefined for no limit */
  constructor(refusals: SlidingQuota | undefined) {
    this.#refusals = refusals;
  }

  /** @throws `service.too-many-refusals` for a token that is not to be looked at */
  refuseUnseen(address: string, token: string): void {
    if (cannotBeGuessed(token) || this.#accepted.get(hashToken(token))) return;
    const refusal = this.#tooMany(address);
    if (refusal) throw refusal;
  }

  noteAccepted(token: string): void {
    if (this.#refusals !== undefined && !cannotBeGuessed(token)) this.#accepted.set(hashToken(token), true);
  }

  /** Counts a refused token and gives the error that answers it. */
  noteRefused(address: string): OsteonError {
    const tooMany = this.#tooMany(address);
    if (tooMany) return tooMany;
    this.#refusals?.spend(addressGroup(address), 1);
    return osteonError("service.token-refused", {});
  }

  #tooMany(address: string): OsteonError | undefined {
    const allowance = this.#refusals?.check(addressGroup(address), 1);
    if (allowance === undefined || allowance.allowed) return undefined;
    return osteonError("service.too-many-refusals", { retryAfterSeconds: allowance.retryAfterSeconds });
  }
}

/** Whether a token has the form of an API key or of a JWT: three parts, the first a JSON object in base64url. */
function cannotBeGuessed(token: string): boolean {
  return isApiKey(token) || /^eyJ[\w-]*\.[\w-]+\.[\w-]+$/.test(token);
}
