import { catalogue, osteonError } from "@osteon/errors";

/** What a step tells about itself: counts, flags, digests and error codes. Never a value of a patient. */
export type StepDetail = Readonly<Record<string, number | boolean | string | null>>;

const namePattern = /^[A-Za-z][A-Za-z0-9_.-]{0,63}$/;
const runIdPattern = /^(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|run-[0-9a-z-]{1,60})$/;
const digestPattern = /^[0-9a-f]{64}$/;

/*
 * The ledger is not encrypted, so what goes in is checked here rather than trusted. A text in a
 * step's detail is either a digest or a code of the error catalogue; anything freer could be a name
 * or a barcode. Run ids have a form that no date, record number or barcode has.
 */

/** @throws `storage.refused-value` */
export function checkRunId(runId: string): void {
  if (!runIdPattern.test(runId))
    throw refused("this run id", "a UUID, or run- with at most 60 lower-case letters, digits and hyphens");
}

/** @throws `storage.refused-value` */
export function checkDigest(digest: string, field: string): void {
  if (!digestPattern.test(digest)) throw refused(field, "64 hexadecimal digits of a SHA-256");
}

/** Names of steps and metrics. @throws `storage.refused-value` */
export function checkName(name: string, field: string): void {
  if (!namePattern.test(name)) throw refused(field, "a word of at most 64 letters, digits, dots, hyphens");
}

/** @throws `storage.refused-value` */
export function checkStepDetail(detail: StepDetail): void {
  for (const [name, value] of Object.entries(detail)) {
    checkName(name, "the name of a step detail");
    if (value === null || typeof value === "boolean") continue;
    if (typeof value === "number" && Number.isFinite(value)) continue;
    if (typeof value === "string" && (digestPattern.test(value) || Object.hasOwn(catalogue, value))) continue;
    throw refused(`the step detail "${name}"`, "a finite number, true or false, a SHA-256 digest or an error code");
  }
}

function refused(field: string, allowed: string) {
  return osteonError("storage.refused-value", { field, allowed: `allowed is ${allowed}` });
}
