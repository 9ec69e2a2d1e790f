import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Configuration, OidcConfiguration } from "@osteon/contracts";
import { keysRefused, type Logger } from "@osteon/observability";
import {
  acceptApiKeys,
  acceptIdentityTokens,
  acceptTokens,
  anyOf,
  FollowedKeySet,
  followKeys,
  keySetAt,
  keySetInFile,
  KeyStore,
  obtainSubjectKey,
  type Authenticator,
} from "@osteon/service";
import { readAcceptedTokens, type AcceptedTokens, type TokenSource } from "../api-tokens.ts";
import type { CommandContext } from "../command-context.ts";

export interface AccessOptions {
  readonly configuration: Configuration;
  readonly keysDirectory: string;
  readonly tokens: TokenSource;
  readonly logger: Logger;
}

/** All who may use the service, and where a client's user finds a token, in words. */
export interface OpenedAccess {
  readonly authenticator: Authenticator;
  readonly place: string;
}

/** Puts together API keys, the identity provider and the list of tokens. */
export async function openAuthenticator(
  { configuration, keysDirectory, tokens: source, logger }: AccessOptions,
  { signal }: CommandContext,
): Promise<OpenedAccess> {
  const onRefused = (errorCode: string) => logger.log(keysRefused, { errorCode });
  const keys = await followKeys({ store: new KeyStore(keysDirectory), signal, onRefused });
  const { oidc } = configuration.service;
  const tokens = await readTokens(source, keys.current().size > 0 || oidc !== undefined);
  const places = [
    ...(tokens === undefined ? [] : [tokens.place]),
    ...(keys.current().size > 0 ? [`API keys of ${keysDirectory}`] : []),
    ...(oidc === undefined ? [] : [`identity provider ${oidc.issuer}`]),
  ];
  return {
    authenticator: anyOf([
      acceptApiKeys(keys.current),
      ...(oidc === undefined ? [] : [await openIdentityProvider(oidc, keysDirectory, onRefused)]),
      ...(tokens === undefined ? [] : [acceptTokens(tokens.hashes)]),
    ]),
    place: `token: ${places.join("; ")}`,
  };
}

/**
 * A token that may do all is made only where there is no other way in.
 *
 * @returns undefined where there is another, and no list of tokens was named or made before
 */
async function readTokens(source: TokenSource, hasOtherWay: boolean): Promise<AcceptedTokens | undefined> {
  const isNamed = !source.create || Boolean(source.fromEnvironment);
  if (hasOtherWay && !isNamed && !existsSync(source.path)) return undefined;
  return readAcceptedTokens(source);
}

async function openIdentityProvider(
  oidc: OidcConfiguration,
  keysDirectory: string,
  onUnavailable: (errorCode: string) => void,
): Promise<Authenticator> {
  const { issuer, audience, algorithms, jwks_url, jwks_path, scope_claim: claim, scopes } = oidc;
  const source = jwks_path === undefined ? keySetAt(new URL(jwks_url!)) : keySetInFile(jwks_path);
  return acceptIdentityTokens({
    issuer,
    audience,
    algorithms,
    claim,
    scopes,
    keys: new FollowedKeySet({ source, clock: () => performance.now(), onUnavailable }),
    subjectKey: await obtainSubjectKey(subjectKeyPathOf(oidc, keysDirectory)),
  });
}

/** Where the key of OIDC subjects' ids is. */
export function subjectKeyPathOf({ subject_key_path }: OidcConfiguration, keysDirectory: string): string {
  return subject_key_path ?? join(keysDirectory, "subject.key");
}
