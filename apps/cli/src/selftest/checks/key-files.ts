import type { Stats } from "node:fs";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { isOpenToOthers } from "@osteon/registry";
import { auditPlaceOf } from "../../audit/open-audit.ts";
import type { Installation } from "../installation.ts";
import { failed, figure, installationCheck, notChecked, passed } from "../selftest-check.ts";

/** A secret, and who may use it. */
interface Secret {
  readonly path: string;
  /** Whether more may use it than should. */
  readonly isOpen: (found: Stats) => boolean;
  /** Whether it has to be there. */
  readonly isNamed: boolean;
}

/** As it is held when a key is read. */
const isOpenKey = (found: Stats) => isOpenToOthers(found, process.getuid!());
const isOpenFolder = ({ mode }: Stats) => (mode & 0o077) !== 0;
/** Debian gives TLS keys to the group ssl-cert, which reads them. */
const isOpenTlsKey = ({ mode }: Stats) => (mode & 0o027) !== 0;

/** Whether nobody but their owner can read the keys. */
export const keyFilesCheck = installationCheck(
  { name: "key-files", title: "Keys are for their owner alone", kind: "security" },
  async (installation) => {
    if (process.platform === "win32") return notChecked("Windows has no such permissions.");
    const faults: string[] = [];
    let looked = 0;
    for (const { path, isOpen, isNamed } of secretsOf(installation)) {
      const found = await stat(path).catch(() => undefined);
      if (found === undefined) {
        if (isNamed) faults.push(`${path} is named, and not there.`);
        continue;
      }
      looked++;
      const mode = (found.mode & 0o777).toString(8).padStart(4, "0");
      if (isOpen(found)) faults.push(`${path} has the mode ${mode}.`);
    }
    const figures = [figure("files", looked, "")];
    if (faults.length > 0)
      return failed(
        faults.join(" "),
        "chmod 0600 each file (a TLS key 0640, a folder 0700; a container's secret 0440 as root's for the group of Osteon's user).",
        figures,
      );
    if (looked === 0) return notChecked("No key is there.");
    return passed("Files of keys and the folder of API keys.", figures);
  },
);

function secretsOf({ configuration, place, keysDirectory, identity }: Installation): readonly Secret[] {
  const { service, phi_removal: phiRemoval, registry, audit, alerts } = configuration;
  const trail = auditPlaceOf(configuration, place.directory);
  const owned = (path: string | undefined, isNamed: boolean): Secret[] =>
    path === undefined ? [] : [{ path, isOpen: isOpenKey, isNamed }];
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
    { path: keysDirectory, isOpen: isOpenFolder, isNamed: false },
    ...(service.tls ? [{ path: service.tls.key_path, isOpen: isOpenTlsKey, isNamed: true }] : []),
    ...ofChannels,
  ];
}
