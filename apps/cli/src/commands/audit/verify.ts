import { readExpectedCheckpoints, verifyTrail, type Finding, type VerificationReport } from "@osteon/audit";
import { osteonError } from "@osteon/errors";
import type { Command } from "commander";
import type { CommandContext } from "../../command-context.ts";
import {
  enterUse,
  resolveAudit,
  trustedKeysOf,
  withAuditOptions,
  withPublicKeyOption,
  type PublicKeyOptions,
} from "./audit-command.ts";
import { countOf } from "../../terminal/amounts.ts";

interface VerifyOptions extends PublicKeyOptions {
  readonly from?: string;
  readonly expectCheckpoint?: string;
  readonly json?: boolean;
}

/** `osteon audit verify`: that nothing was altered, removed, added or put in another order. */
export function addVerifyCommand(audit: Command, context: CommandContext): void {
  withPublicKeyOption(withAuditOptions(audit.command("verify")))
    .summary("check every hash, signature and place; exit code 4 where anything does not hold")
    .description(
      "Checks the trail with public keys alone: a copy of its folder and the file keys/signing.pem.pub are enough, on " +
        "any computer. It names the segment, the line and what is wrong.\n\n" +
        "What was cut off at the very end can only be told by a checkpoint that was kept elsewhere: see " +
        "`osteon audit checkpoint`.",
    )
    .option("--from <segment>", "begin at this segment, and take those before as they are")
    .option("--expect-checkpoint <file>", "the trail must still hold this checkpoint, which was kept elsewhere")
    .option("--json", "print the report as JSON on standard output")
    .action(async (options: VerifyOptions) => {
      const { place } = await resolveAudit(options, context);
      const { from, expectCheckpoint } = options;
      if (from !== undefined && !/^[1-9]\d{0,8}$/.test(from)) {
        const allowed = "the number of a segment, 1 or more";
        throw osteonError("configuration.option", { option: "--from", allowed, command: "audit verify" });
      }
      const trusted = await trustedKeysOf(options, place);
      const report = await verifyTrail({
        directory: place.directory,
        trusted,
        ...(from !== undefined && { from: Number(from) }),
        ...(expectCheckpoint !== undefined && { expected: await readExpectedCheckpoints(expectCheckpoint, trusted) }),
      });
      const { segments, entries, findings } = report;
      const first = findings[0];
      const entered = await enterUse(
        place,
        { action: "audit.verified", detail: { segments, entries, faults: findings.length } },
        first && "audit.broken",
      );
      if (options.json) context.print(JSON.stringify(report, null, 2));
      else context.print(describe(report));
      if (!entered) context.terminal.line("Not entered in the trail: its private key is not here.");
      if (first === undefined) return;
      const { directory } = place;
      throw osteonError("audit.broken", { directory, faults: findings.length, first: describeFinding(first) });
    });
}

function describe({ segments, entries, checkpoints, unsigned, from, to, findings, notes }: VerificationReport): string {
  return [
    ...findings.map((finding) => `FAULT  ${describeFinding(finding)}`),
    ...notes.map(({ segment, message }) => `note   segment ${segment}: ${message}`),
    `${countOf(entries, "entry", "entries")} and ${countOf(checkpoints, "checkpoint")} in ${countOf(segments, "segment")}, ${from ?? "–"} to ${to ?? "–"}`,
    `${countOf(unsigned, "entry", "entries")} not signed yet; ${findings.length === 0 ? "everything holds" : countOf(findings.length, "fault")}`,
  ].join("\n");
}

function describeFinding({ kind, segment, line, message }: Finding): string {
  return `segment ${segment}${line === null ? "" : `, line ${line}`}: ${kind}: ${message}`;
}
