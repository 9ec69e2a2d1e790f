import { dirname, join, resolve } from "node:path";
import {
  auditPlaceAt,
  AuditTrail,
  createAuditLog,
  createNoAuditLog,
  obtainAuditKey,
  obtainProfileKey,
  type AuditLog,
  type AuditPlace,
  type ProfileKey,
} from "@osteon/audit";
import type { Configuration } from "@osteon/contracts";
import { OsteonError } from "@osteon/errors";
import { keysOf, type CommandKeys, type KeyContext } from "../keys/command-keys.ts";
import { osteonVersion } from "../version.ts";
import { userName } from "../user-name.ts";

/** The audit trail as commands enter in it. */
export interface Audit {
  readonly log: AuditLog;
  /** Who runs this command, as entries name him. */
  readonly principal: string;
  /** Undefined where there is no trail. */
  readonly profileKey: ProfileKey | undefined;
}

export interface AuditRequest {
  readonly configuration: Configuration;
  readonly keys: CommandKeys;
  /** The registry beside which the trail is if no place is configured; without either there is no trail. */
  readonly registry: string | undefined;
  /** Told where something could not be entered that need not be. */
  readonly onUnwritten: (errorCode: string) => void;
  /** As `AuditTrailOptions.groupMs`. */
  readonly groupMs?: number;
}

/**
 * Where the trail is; undefined where there is none.
 *
 * @param keys for who writes in it; who only reads needs none
 */
export function auditPlaceOf(
  { audit }: Configuration,
  registry: string | undefined,
  keys?: CommandKeys,
): AuditPlace | undefined {
  const directory = audit.directory ?? (registry && join(dirname(resolve(registry)), "audit"));
  if (directory === undefined) return undefined;
  const { signing_key_path: signingKeyPath, profile_key_path: profileKeyPath, trusted_keys: trustedKeyPaths } = audit;
  const place = auditPlaceAt(directory, {
    trustedKeyPaths,
    ...(signingKeyPath !== undefined && { signingKeyPath }),
    ...(profileKeyPath !== undefined && { profileKeyPath }),
  });
  if (keys === undefined) return place;
  const signingKey = keys.command("audit-signing") ?? keys.file(place.signingKeyPath);
  return { ...place, signingKey, profileKey: keys.file(place.profileKeyPath) };
}

/**
 * Opens the trail; nothing is written before the first entry but its keys.
 *
 * @throws what obtaining the keys throws, where the trail is required
 */
export async function openAudit(request: AuditRequest): Promise<Audit> {
  const { configuration, keys, registry, onUnwritten, groupMs = 0 } = request;
  const place = auditPlaceOf(configuration, registry, keys);
  const none: Audit = { log: createNoAuditLog(), principal: currentUser(), profileKey: undefined };
  if (place === undefined) return none;
  const isRequired = configuration.audit.required;
  try {
    const key = await obtainAuditKey(place);
    const profileKey = await obtainProfileKey(place.profileKey ?? place.profileKeyPath, true);
    const trail = new AuditTrail({ directory: place.directory, key, osteonVersion, groupMs });
    return { log: createAuditLog(trail, { isRequired, onUnwritten }), principal: currentUser(), profileKey };
  } catch (error) {
    if (isRequired) throw error;
    onUnwritten(error instanceof OsteonError ? error.code : "internal");
    return none;
  }
}

/** What a command's context gives for entering something. */
export type AuditContext = KeyContext & { readonly terminal: { line(text: string): void } };

/** Opens the trail for one command, and closes it after. */
export async function withAudit<T>(
  request: Omit<AuditRequest, "onUnwritten" | "keys">,
  context: AuditContext,
  work: (audit: Audit) => Promise<T>,
): Promise<T> {
  const onUnwritten = (code: string): void =>
    context.terminal.line(`Warning: the audit trail cannot be written [${code}].`);
  const audit = await openAudit({ ...request, keys: keysOf(context, request.configuration), onUnwritten });
  try {
    return await work(audit);
  } finally {
    await audit.log.close();
  }
}

/** `user:` and who runs the process, without what names do not hold. */
export function currentUser(): string {
  return `user:${
    userName()
      .replaceAll(/[\p{C}\p{Z}]/gu, "_")
      .slice(0, 200) || "unknown"
  }`;
}
