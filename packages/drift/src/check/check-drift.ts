import { assertCohortShape, completePatients, selectPatients, type Cohort } from "@osteon/cohort";
import type {
  DriftCheck,
  DriftMonitor,
  DriftReference,
  DriftReport,
  ReferenceVariable,
  SequentialReport,
} from "@osteon/contracts";
import { osteonError } from "@osteon/errors";
import { RandomStream, streamId } from "@osteon/numerics";
import { judgeVariables, settleJudgement, type JudgementOptions } from "../judge-variables.ts";
import { fewestPatients } from "../measure-drift.ts";
import { compareWithReference, type PlacedVariable } from "../reference/compare-with-reference.ts";
import { digestReference, digestText } from "../reference/create-reference.ts";
import { placeInBlock, placeInCategory } from "../reference/cut-blocks.ts";
import { readColumns } from "../reference/read-columns.ts";
import { reportMonitor } from "../sequential/report-monitor.ts";
import { startMonitor, updateMonitor } from "../sequential/update-monitor.ts";
import { listCompleteness, listVariables } from "../variables/list-variables.ts";
import { describeMissing } from "./describe-missing.ts";
import { judgeState } from "./judge-state.ts";

export interface DriftCheckRequest extends JudgementOptions {
  readonly reference: DriftReference;
  /** De-identified patients, or generated ones; also those of the reference, if `isKnown` tells them. */
  readonly patients: Cohort;
  /** Patients of the reference, who are no new ones. */
  readonly isKnown?: (patientId: string) => boolean;
  /** What the last check left; null to begin, undefined for a single comparison. */
  readonly monitor?: DriftMonitor | null | undefined;
  /** Whether to simulate what a monitor could have found by now, in half a second; default true. */
  readonly tellDetectable?: boolean;
  /** The reference's own patients where they are at hand: then survival and expression as a whole are compared too. */
  readonly referencePatients?: { readonly complete: Cohort; readonly everyone: Cohort } | undefined;
}

export interface CheckedDrift {
  readonly check: DriftCheck;
  /** To be kept for the next check; undefined where none was given. */
  readonly monitor: DriftMonitor | undefined;
}

/**
 * Have patients, or a model's output, changed since the reference? One state with its reasons and what to do next.
 * With a monitor, an alarm holds however often it is asked: each patient is counted once, and the chance of any alarm,
 * ever, is at most the level where nothing drifts. The same patients and monitor give the same answer.
 *
 * @throws `drift.other-reference` where the monitor counted over another reference, `drift.option`; `cohort.shape`,
 *   `cohort.value`
 * @example
 * const { check, monitor } = await checkDrift({ reference, patients, monitor: null });
 * check.state; // "watch"
 */
export async function checkDrift(request: DriftCheckRequest): Promise<CheckedDrift> {
  const { reference, patients, isKnown = () => false } = request;
  assertCohortShape(patients);
  const digest = await digestReference(reference);
  const earlier = request.monitor === null ? startMonitor(reference, digest) : request.monitor;
  if (earlier && earlier.reference !== digest) throw osteonError("drift.other-reference", {});
  const newRows = [...patients.patientIds.keys()].filter((row) => !isKnown(patients.patientIds[row]!));
  const arrivals = selectPatients(patients, newRows);
  const complete = selectPatients(arrivals, completePatients(arrivals, reference.required));
  const hashes = await Promise.all(complete.patientIds.map((id) => hashPatient(digest, id)));
  const placing = placePatients(reference, { complete, arrivals, hashes });
  const { gaps, notes } = describeMissing(reference, complete, placing.unread);
  const comparison = compare(request, { complete, arrivals, placed: placing.placed });
  const counted = earlier && countNew(earlier, placing.placed, hashes);
  const level = request.level ?? 0.05;
  const sequential: SequentialReport | null = counted
    ? reportMonitor(reference, counted.monitor, {
        level,
        counted: counted.patients,
        tellDetectable: request.tellDetectable ?? true,
      })
    : null;
  const result = { question: reference.question, compared: complete.patientIds.length, comparison, sequential, gaps };
  return {
    check: {
      format: "osteon-drift-check/1",
      question: reference.question,
      ...judgeState(result),
      reference: { patients: reference.patients, digest },
      patients: {
        read: patients.patientIds.length,
        known: patients.patientIds.length - arrivals.patientIds.length,
        incomplete: arrivals.patientIds.length - complete.patientIds.length,
        compared: complete.patientIds.length,
      },
      comparison,
      sequential,
      notes: [...gaps, ...notes],
    },
    monitor: counted?.monitor,
  };
}

/** A keyless hash of a keyed pseudonym: it tells who was counted to nobody who has not the pseudonym. */
async function hashPatient(digest: string, patientId: string): Promise<string> {
  return (await digestText(`osteon-drift-patient-v1:${digest}:${patientId}`)).slice(0, 32);
}

interface Arrivals {
  readonly complete: Cohort;
  readonly arrivals: Cohort;
  /** Of the complete ones. */
  readonly hashes: readonly string[];
}

function placePatients(reference: DriftReference, { complete, arrivals, hashes }: Arrivals) {
  const readComplete = readColumns(reference, complete);
  const readEveryone = readColumns(reference, arrivals);
  const placed: PlacedVariable[] = [];
  const unread: ReferenceVariable[] = [];
  for (const variable of reference.variables) {
    const isOfEveryone = variable.group === "completeness";
    const values = (isOfEveryone ? readEveryone : readComplete)(variable.source);
    if (values === undefined) {
      unread.push(variable);
      continue;
    }
    const stream = streamId(`drift/ties/${variable.name}`);
    // A patient's ties are broken alike at every look; what is recorded is counted, and has none to break.
    const tieOf = (row: number) =>
      isOfEveryone ? 0.5 : new RandomStream(parseInt(hashes[row]!.slice(0, 13), 16), stream).nextUniform();
    placed.push({
      variable,
      places: Int16Array.from(values, (value, row) => placeInBlock(variable, value, tieOf(row))),
      categories: Int16Array.from(values, (value) => placeInCategory(variable, value)),
    });
  }
  return { placed, unread };
}

interface ComparedArrivals {
  readonly complete: Cohort;
  readonly arrivals: Cohort;
  readonly placed: readonly PlacedVariable[];
}

function compare(request: DriftCheckRequest, { complete, arrivals, placed }: ComparedArrivals): DriftReport | null {
  const { reference, referencePatients } = request;
  const current = complete.patientIds.length;
  if (Math.min(current, reference.patients) < fewestPatients) return null;
  const settled = settleJudgement(reference.patients + current, request);
  const sides = { reference: reference.patients, current };
  if (!referencePatients) {
    const judged = judgeVariables(compareWithReference(reference, placed), settled);
    return { format: "osteon-drift/1", ...sides, ...judged, notes: [] };
  }
  const { geneSets } = reference;
  const listed = listVariables(referencePatients.complete, complete, { genes: 200, geneSets, areArrivals: true });
  const known = listCompleteness([referencePatients.everyone, arrivals]);
  const everyone = referencePatients.everyone.patientIds.length;
  const judged = judgeVariables(
    [
      { ...sides, variables: listed.filter(({ group }) => group !== "completeness") },
      { reference: everyone, current: arrivals.patientIds.length, variables: known },
    ],
    settled,
  );
  return { format: "osteon-drift/1", ...sides, ...judged, notes: [] };
}

function countNew(earlier: DriftMonitor, placed: readonly PlacedVariable[], hashes: readonly string[]) {
  const before = new Set(earlier.patients);
  const rows = [...hashes.keys()].filter((row) => !before.has(hashes[row]!));
  const monitor = updateMonitor(
    earlier,
    placed
      .filter(({ variable }) => variable.group !== "completeness")
      .map((one) => ({ ...one, places: Int16Array.from(rows, (row) => one.places[row]!) })),
    rows.map((row) => hashes[row]!),
  );
  return { monitor, patients: rows.length };
}
