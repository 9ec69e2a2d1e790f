import { existsSync } from "node:fs";
import { readTrustedKeys, verifyTrail } from "@osteon/audit";
import { auditPlaceOf } from "../../audit/open-audit.ts";
import { enterUse } from "../../commands/audit/audit-command.ts";
import { failed, figure, installationCheck, passed } from "../selftest-check.ts";
import { countOf } from "../../terminal/amounts.ts";

/** Whether every entry of the audit trail is as it was written, where it was written. */
export const auditCheck = installationCheck(
  { name: "audit", title: "The audit trail is whole", kind: "security" },
  async ({ configuration, place: { directory: registry } }) => {
    const place = auditPlaceOf(configuration, registry)!;
    if (!existsSync(place.directory)) {
      return failed(
        `There is no audit trail in ${place.directory}.`,
        "See audit.directory; `osteon serve` begins one.",
      );
    }
    const { entries, segments, unsigned, findings } = await verifyTrail({
      directory: place.directory,
      trusted: await readTrustedKeys(place),
    });
    const first = findings[0];
    await enterUse(
      place,
      { action: "audit.verified", detail: { segments, entries, faults: findings.length } },
      first && "audit.broken",
    );
    const figures = [figure("entries", entries, "")];
    if (first === undefined)
      return passed(
        `${countOf(segments, "segment holds", "segments hold")}; ${countOf(unsigned, "entry is", "entries are")} not signed yet.`,
        figures,
      );
    return failed(
      `${countOf(findings.length, "fault")}; the first, in segment ${first.segment}: ${first.kind}.`,
      "Keep the folder as it is, and see `osteon audit verify`.",
      figures,
    );
  },
);
