import { stat } from "node:fs/promises";
import { join } from "node:path";
import { auditPlaceOf } from "../../audit/open-audit.ts";
import type { Installation } from "../installation.ts";
import { failed, figure, installationCheck, notChecked, passed } from "../selftest-check.ts";

/** A secret, and who may not have any right on it. */
interface Secret {
  readonly path: string;
  /** Bits of the mode that must not be set. */
  readonly forbidden: number;
  /** Whether it has to be there. */
  readonly isNamed: boolean;
}

const othersThanOwner = 0o077;
/** Debian gives TLS keys to the group ssl-cert, which reads them. */
const othersThanGroup = 0o027;

/** Whether nobody but their owner can read the keys. */
export const keyFilesCheck = installationCheck(
  { name: "key-files", title: "Keys are for their owner alone", kind: "security" },
  async (installation) => {
    if (process.platform === "win32") return notChecked("Windows has no such permissions.");
    const faults: string[] = [];
    let looked = 0;
    for (const { path, forbidden, isNamed } of secretsOf(installation)) {
      const found = await stat(path).catch(() => undefined);
      if (found === undefined) {
        if (isNamed) faults.push(`${path} is named, and not there.`);
        continue;
      }
      looked++;
      const mode = found.mode & 0o777;
      if ((mode & forbidden) !== 0) faults.push(`${path} has the mode ${mode.toString(8).padStart(4, "0")}.`);
    }
    const figures = [figure("files", looked, "")];
    if (faults.length > 0)
      return failed(faults.join(" "), "chmod 0600 each file (a TLS key 0640, a folder 0700).", figures);
    return passed("Files of keys and the folder of API keys.", figures);
  },
);

function secretsOf({ configuration, place, keysDirectory, identity }: Installation): readonly Secret[] {
  const { service, phi_removal: phiRemoval, registry, audit, alerts } = configuration;
  const trail = auditPlaceOf(configuration, place.directory);
  const owned = (path: string | undefined, isNamed: boolean): Secret[] =>
    path === undefined ? [] : [{ path, forbidden: othersThanOwner, isNamed }];
  const ofChannels = alerts.channels.flatMap((channel) =>
    owned(channel.kind === "webhook" ? channel.secret_path : channel.password_path, true),
  );
  return [
    ...owned(identity?.path, true),
    ...owned(phiRemoval.key_path, true),
    ...owned(place.signingKeyPath, registry.signing_key_path !== undefined),
    ...owned(trail?.signingKeyPath, audit.signing_key_path !== undefined),
    ...owned(trail?.profileKeyPath, audit.profile_key_path !== undefined),
    ...owned(service.token_path ?? join(place.directory, "keys", "api-token"), service.token_path !== undefined),
    ...owned(service.oidc?.subject_key_path ?? join(keysDirectory, "subject.key"), false),
    ...owned(keysDirectory, false),
    ...(service.tls ? [{ path: service.tls.key_path, forbidden: othersThanGroup, isNamed: true }] : []),
    ...ofChannels,
  ];
}
