import { existsSync } from "node:fs";
import {
  AuditTrail,
  createAuditLog,
  hasAuditKey,
  obtainAuditKey,
  readTrustedKeys,
  type AuditLog,
  type AuditPlace,
  type Deed,
} from "@osteon/audit";
import type { Configuration } from "@osteon/contracts";
import { osteonError } from "@osteon/errors";
import { readVerificationKey, type VerificationKey } from "@osteon/registry";
import type { Command } from "commander";
import { auditPlaceOf, currentUser } from "../../audit/open-audit.ts";
import type { CommandContext } from "../../command-context.ts";
import { configurationFrom } from "../../configuration/read-configuration.ts";
import { keysOf } from "../../keys/command-keys.ts";
import { osteonVersion } from "../../version.ts";

/** Options that every command on the audit trail takes. */
export interface AuditOptions {
  readonly config?: string;
  readonly audit?: string;
  readonly registry?: string;
}

/** Options of a command that checks signatures. */
export interface PublicKeyOptions extends AuditOptions {
  readonly publicKey: readonly string[];
}

export function withAuditOptions(command: Command): Command {
  return command
    .option("-c, --config <file>", "configuration; its groups audit and registry are used")
    .option("-a, --audit <directory>", "the trail's folder (default: osteon-data/audit); overrides audit.directory")
    .option("-r, --registry <directory>", "registry beside which the trail is");
}

export function withPublicKeyOption(command: Command): Command {
  return command.option(
    "--public-key <file>",
    "key of which checkpoints must be signed, in place of the configured ones; may be repeated",
    (value: string, before: readonly string[]) => [...before, value],
    [],
  );
}

/** The trail that the options name. @throws `audit.missing` where it is not there */
export async function resolveAudit(
  options: AuditOptions,
  context: CommandContext,
): Promise<{ readonly configuration: Configuration; readonly place: AuditPlace }> {
  const read = await configurationFrom(options.config, context.environment);
  const configuration =
    options.audit === undefined ? read : { ...read, audit: { ...read.audit, directory: options.audit } };
  const registry = options.registry ?? configuration.registry.directory;
  const place = auditPlaceOf(configuration, registry, keysOf(context, configuration))!;
  if (!existsSync(place.directory)) throw osteonError("audit.missing", { directory: place.directory });
  return { configuration, place };
}

/** The keys that checkpoints are held against. */
export function trustedKeysOf({ publicKey }: PublicKeyOptions, place: AuditPlace): Promise<readonly VerificationKey[]> {
  return publicKey.length === 0 ? readTrustedKeys(place) : Promise.all(publicKey.map(readVerificationKey));
}

/** Opens the trail for a command that is about the trail itself. */
export async function openOwnLog(place: AuditPlace): Promise<{ readonly trail: AuditTrail; readonly log: AuditLog }> {
  const trail = new AuditTrail({ directory: place.directory, key: await obtainAuditKey(place), osteonVersion });
  return { trail, log: createAuditLog(trail, { isRequired: true, onUnwritten: () => undefined }) };
}

/**
 * Enters that the trail was used, where its private key is at hand. Who has a copy and the public key alone cannot
 * enter anything, nor has to.
 *
 * @returns whether it was entered
 */
export async function enterUse(
  place: AuditPlace,
  deed: Pick<Extract<Deed, { action: "audit.verified" | "audit.exported" }>, "action" | "detail">,
  errorCode?: string,
): Promise<boolean> {
  if (!hasAuditKey(place)) return false;
  const { log } = await openOwnLog(place);
  try {
    await log.enter({ ...deed, principal: currentUser() } as Deed, errorCode);
  } finally {
    await log.close();
  }
  return true;
}
