import { serviceLimitsSchema, type Scope, type ServiceLimits } from "@osteon/contracts";
import { acceptApiKeys, acceptIdentityTokens, acceptTokens, anyOf, FollowedKeySet, hashToken } from "@osteon/service";
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JSONWebKeySet } from "jose";
import { drawApiKey } from "../../../packages/service/src/authentication/api-keys/api-key.ts";
import type { KeyRecord } from "../../../packages/service/src/authentication/api-keys/key-record.ts";
import { startTestService, type TestService } from "../../../packages/service/src/testing/test-service.ts";

export const issuer = "https://login.hospital.example/realms/research";
/** Drawn once: it takes a third of a second. */
const { privateKey, publicKey } = await generateKeyPair("RS256", { extractable: true });
const published = { keys: [{ ...(await exportJWK(publicKey)), kid: "k1", alg: "RS256", use: "sig" }] };

export const listToken = "a-token-from-the-list";

export interface GuardedService extends TestService {
  /** Makes an API key with these scopes. */
  readonly issueKey: (...scopes: Scope[]) => string;
  readonly provider: IdentityProvider;
}

/** The identity provider of the tests: its key pair, and tokens that it signs. */
interface IdentityProvider {
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
  /** A token that is right but for these changes. */
  readonly sign: (changes?: TokenChanges) => Promise<string>;
}

interface TokenChanges {
  readonly header?: Readonly<Record<string, unknown>>;
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly by?: CryptoKey;
}

/** A service as `osteon serve` builds one: API keys, an identity provider (RS256), a list of tokens, limits. */
export async function startGuardedService(
  limits: Partial<ServiceLimits> = {},
  options: Parameters<typeof startTestService>[0] & { readonly fetchKeys?: () => Promise<JSONWebKeySet> } = {},
): Promise<GuardedService> {
  const records = new Map<string, KeyRecord>();
  const { fetchKeys = () => Promise.resolve(published), ...others } = options;
  const source = { place: "the test", freshMs: 600_000, pauseMs: 30_000, fetch: fetchKeys };
  const service = startTestService({
    limits: serviceLimitsSchema.parse(limits),
    authenticator: anyOf([
      acceptApiKeys(() => records),
      acceptIdentityTokens({
        issuer,
        audience: "osteon",
        algorithms: ["RS256"],
        keys: new FollowedKeySet({ source, clock: () => performance.now() }),
        subjectKey: new Uint8Array(32),
      }),
      acceptTokens([hashToken(listToken)]),
    ]),
    ...others,
  });
  const sign = ({ header = {}, claims = {}, by = privateKey }: TokenChanges = {}) => {
    const now = Math.floor(Date.now() / 1000);
    const right = { iss: issuer, aud: "osteon", sub: "CANARY-subject", scope: "generate", exp: now + 300 };
    return new SignJWT({ ...right, ...claims }).setProtectedHeader({ alg: "RS256", kid: "k1", ...header }).sign(by);
  };
  return {
    ...service,
    provider: { privateKey, publicKey, sign },
    issueKey: (...scopes) => {
      const { id, key } = drawApiKey();
      records.set(id, {
        format_version: 1,
        id,
        name: "of the test",
        scopes,
        hash: hashToken(key),
        created_at: "2026-01-01T00:00:00.000Z",
        created_by: "the test",
        expires_at: "2999-01-01T00:00:00.000Z",
        revoked_at: null,
        revoked_by: null,
      });
      return key;
    },
  };
}
