import type { Deed } from "@osteon/audit";
import type { Configuration } from "@osteon/contracts";
import { withAudit, type AuditContext } from "./open-audit.ts";

type BackupDeed = Extract<Deed, { action: "backup.made" | "backup.restored" }>;

/**
 * Enters what was done in the trail, and warns where that cannot be: data are not to be lost for want of a line about
 * them.
 *
 * @param registry directory of the registry that the trail lies beside
 */
export async function enterIfPossible(
  configuration: Configuration,
  registry: string,
  context: AuditContext,
  deed: Omit<BackupDeed, "principal">,
): Promise<void> {
  const lenient = { ...configuration, audit: { ...configuration.audit, required: false } };
  await withAudit({ configuration: lenient, registry }, context, ({ log, principal }) =>
    log.enter({ ...deed, principal } as BackupDeed),
  );
}
