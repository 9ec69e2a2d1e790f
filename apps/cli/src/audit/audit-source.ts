import {
  actionsNamed,
  auditActions,
  formatEntries,
  readEntries,
  readNewestEntries,
  readTrustedKeys,
  verifyTrail,
  type AuditAction,
  type AuditEntry,
  type AuditLog,
  type AuditPlace,
  type EntryFilter,
  type EntryPlace,
} from "@osteon/audit";
import type { AuditEntryView, AuditSearch } from "@osteon/contracts";
import { osteonError } from "@osteon/errors";
import type { AuditSource } from "@osteon/service";

/** Shown; all are counted. */
const mostFindings = 100;

/** The trail as the service lets auditors read it. */
export function openAuditSource(place: AuditPlace, log: AuditLog): AuditSource {
  const { directory } = place;
  let verifying: ReturnType<typeof verifyTrail> | undefined;
  return {
    read: async ({ after, limit, ...search }) => {
      const before = after === undefined ? undefined : placeOf(after);
      const { entries, oldest } = await readNewestEntries({ directory, filter: filterOf(search), before, limit });
      return { entries: entries.map(viewOf), next: oldest && `${oldest.at}_${oldest.segment}.${oldest.line}` };
    },
    verify: async (principal) => {
      // All of a trail is read for it: whoever asks meanwhile is given the same answer.
      verifying ??= verify(place).finally(() => (verifying = undefined));
      const { segments, entries, unsigned, findings } = await verifying;
      const holds = findings.length === 0;
      const deed = {
        action: "audit.verified",
        principal: `client:${principal}`,
        detail: { segments, entries, faults: findings.length },
      } as const;
      await log.enter(deed, holds ? undefined : "audit.broken");
      return { holds, segments, entries, unsigned, findings: findings.slice(0, mostFindings) };
    },
    export: async (search, format, principal) => {
      const filter = filterOf(search);
      await log.enter({ action: "audit.exported", principal: `client:${principal}`, detail: { format } });
      return formatEntries(readEntries({ directory, filter }), format);
    },
  };
}

async function verify(place: AuditPlace): ReturnType<typeof verifyTrail> {
  return verifyTrail({ directory: place.directory, trusted: await readTrustedKeys(place) });
}

function placeOf(text: string): EntryPlace {
  const [at, segment, line] = text.split(/_|\.(?=\d+$)/);
  return { at: at!, segment: Number(segment), line: Number(line) };
}

function filterOf({ principal, action, from, to }: AuditSearch): EntryFilter {
  return {
    ...(principal !== undefined && { principal }),
    ...(action !== undefined && { actions: actionsOf(action) }),
    ...(from !== undefined && { since: new Date(from).toISOString() }),
    ...(to !== undefined && { until: new Date(Date.parse(to) + 86_400_000).toISOString() }),
  };
}

function actionsOf(name: string): readonly AuditAction[] {
  const named = actionsNamed(name);
  if (named.length > 0) return named;
  throw osteonError("service.audit-action", { allowed: auditActions.join(", ") });
}

function viewOf({ segment, line, at, event }: AuditEntry): AuditEntryView {
  const { principal, action, outcome, errorCode = null, detail } = event;
  return { id: `${segment}.${line}`, at, principal, action, outcome, error_code: errorCode, detail: { ...detail } };
}
