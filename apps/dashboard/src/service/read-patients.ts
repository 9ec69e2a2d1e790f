import { singlePatientAnswerSchema, type SinglePatientAnswer, type SyntheticPatient } from "@osteon/contracts";
import { countOf, formatCount } from "../format/format.ts";
import { ServiceFault, unknownForm } from "./ask.ts";

/** What every line says of the answer as a whole. */
export type AnswerHead = Omit<SinglePatientAnswer, keyof SyntheticPatient | "seed">;

export interface ReadPatients {
  readonly head: AnswerHead;
  readonly patients: readonly SyntheticPatient[];
}

/**
 * Reads an answer of one patient a line while it arrives.
 *
 * The patients that have come are the progress, so no second channel tells of it. Server-sent events, which tell of a
 * training run, are no way for this: a browser's `EventSource` cannot send a profile in the body of a POST. Who stops
 * reading closes the connection, and the service stops generating.
 *
 * @param count patients asked for; an answer with fewer is never given back as a whole one
 * @param onPatients told how many have come so far
 * @throws ServiceFault of the kind `broken-off` where the answer ends too soon, and what the stream throws when aborted
 */
export async function readPatients(
  body: ReadableStream<Uint8Array>,
  count: number,
  { signal, onPatients }: { readonly signal?: AbortSignal; readonly onPatients?: (count: number) => void } = {},
): Promise<ReadPatients> {
  const patients: SyntheticPatient[] = [];
  let head: AnswerHead | undefined;
  try {
    for await (const line of readLines(body)) {
      const answer = readLine(line, patients.length);
      head ??= headOf(answer);
      patients.push(patientOf(answer));
      onPatients?.(patients.length);
    }
  } catch (error) {
    if (signal?.aborted === true || error instanceof ServiceFault) throw error;
    throw brokenOff(patients.length, count);
  }
  if (head === undefined || patients.length < count) throw brokenOff(patients.length, count);
  if (patients.length > count) throw unknownForm();
  return { head, patients };
}

/** Complete lines; an end without a line break is one that was cut off, and is left out. */
async function* readLines(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      const lines = (rest + decoder.decode(value, { stream: true })).split("\n");
      rest = lines.pop()!;
      yield* lines;
    }
  } finally {
    // Nobody reads on, so the connection is closed; where it is closed already there is nothing to tell.
    await reader.cancel().catch(() => undefined);
  }
}

/** Of a thousand patients with thousands of values only the first is held against the contract, the others' place is. */
function readLine(line: string, index: number): SinglePatientAnswer {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw unknownForm();
  }
  const isKnown = index > 0 || singlePatientAnswerSchema.safeParse(value).success;
  if (!isKnown || (value as SinglePatientAnswer).index !== index) throw unknownForm();
  return value as SinglePatientAnswer;
}

function headOf(answer: SinglePatientAnswer): AnswerHead {
  const { simulated, notice, model_version, trained_on_simulated_patients, expression_unit } = answer;
  return { simulated, notice, model_version, trained_on_simulated_patients, expression_unit };
}

function patientOf(answer: SinglePatientAnswer): SyntheticPatient {
  const { index, clinical, mutations, copy_number, expression, pathways } = answer;
  return { index, clinical, mutations, copy_number, expression, pathways };
}

function brokenOff(come: number, count: number): ServiceFault {
  return new ServiceFault(
    "broken-off",
    `The answer broke off after ${formatCount(come)} of ${countOf(count, "patient")}.`,
  );
}
