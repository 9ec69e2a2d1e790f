import type { SelftestCheckReport, SelftestReport } from "@osteon/contracts";
import { OsteonError, translateSystemError } from "@osteon/errors";
import { osteonVersion } from "../version.ts";
import { checks } from "./checks/index.ts";
import { connectionFault } from "./connection-fault.ts";
import { failed, type CheckOutcome, type SelftestCheck, type SelftestSubject } from "./selftest-check.ts";

/** Makes every check, one after the other, so that none is in another's way. */
export async function runSelftest(
  subject: SelftestSubject,
  onCheck: (title: string) => void = () => undefined,
): Promise<SelftestReport> {
  const startedAt = new Date().toISOString();
  const began = performance.now();
  const reports: SelftestCheckReport[] = [];
  for (const check of checks) {
    subject.signal.throwIfAborted();
    onCheck(check.title);
    reports.push(await reportCheck(check, subject));
  }
  return {
    format: "osteon-selftest/1",
    startedAt,
    durationMs: performance.now() - began,
    osteonVersion,
    service: subject.service?.address.href ?? null,
    registry: subject.installation?.place.directory ?? null,
    state: reports.some(({ state }) => state === "failed") ? "failed" : "passed",
    checks: reports,
  };
}

async function reportCheck(check: SelftestCheck, subject: SelftestSubject): Promise<SelftestCheckReport> {
  const began = performance.now();
  const { name, title, kind } = check;
  const { state, finding, figures = [], next = null } = await outcomeOf(check, subject);
  return { name, title, kind, state, finding, figures, next, durationMs: performance.now() - began };
}

/** What is wrong where it was looked for is a finding; a fault of this program is none. */
async function outcomeOf({ run }: SelftestCheck, subject: SelftestSubject): Promise<CheckOutcome> {
  try {
    return await run(subject);
  } catch (thrown) {
    if (subject.signal.aborted) throw thrown;
    const error = translateSystemError(thrown) ?? thrown;
    if (error instanceof OsteonError) return failed(`${error.message} [${error.code}]`, "Do as the message says.");
    const code = connectionFault(thrown);
    if (code === undefined) throw thrown;
    return failed(`The connection broke (${code}).`, "See the service's log, and whether the network is there.");
  }
}
