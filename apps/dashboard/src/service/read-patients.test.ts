import { syntheticPatientNotice } from "@osteon/contracts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ServiceFault } from "./ask.ts";
import { readPatients } from "./read-patients.ts";

const head = {
  simulated: true,
  notice: syntheticPatientNotice,
  model_version: "9f2c4be101a3d7e5",
  trained_on_simulated_patients: true,
  expression_unit: "z-score",
} as const;

const patient = (index: number) => ({
  index,
  clinical: { survival_days: 100 + index, event_occurred: 1 as const, age_years: 12.5, metastasis: 0 as const },
  mutations: { TP53: 1 as const },
  copy_number: { MYC: 2 },
  expression: {},
  pathways: { "HYPOXIA – α": 0.1182 },
});

const lineOf = (index: number) => `${JSON.stringify({ ...head, seed: 1, ...patient(index) })}\n`;
const answerOf = (count: number) =>
  new TextEncoder().encode(Array.from({ length: count }, (_, k) => lineOf(k)).join(""));

/** A body that gives bytes in pieces of these sizes again and again, and then ends, or fails. */
function bodyOf(bytes: Uint8Array, sizes: readonly number[] = [64], failure?: Error): ReadableStream<Uint8Array> {
  let at = 0;
  let turn = 0;
  return new ReadableStream({
    pull: (controller) => {
      if (at < bytes.length) {
        const end = at + sizes[turn++ % sizes.length]!;
        controller.enqueue(bytes.slice(at, end));
        at = end;
      } else if (failure === undefined) controller.close();
      else controller.error(failure);
    },
  });
}

const faultOf = (reading: Promise<unknown>): Promise<ServiceFault> =>
  reading.then(
    () => expect.unreachable("it was read"),
    (error: ServiceFault) => error,
  );

it("gives every patient, and tells of each, however the answer is cut into pieces", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 12 }),
      fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 5 }),
      async (count, sizes) => {
        const told: number[] = [];
        const onPatients = (patients: number) => void told.push(patients);
        const read = await readPatients(bodyOf(answerOf(count), sizes), count, { onPatients });
        expect(read).toEqual({ head, patients: Array.from({ length: count }, (_, k) => patient(k)) });
        expect(told).toEqual(Array.from({ length: count }, (_, k) => k + 1));
      },
    ),
    { numRuns: 40 },
  );
});

describe("an answer that is not whole is refused", () => {
  const bytes = answerOf(5);

  it("wherever it ends, also in good order and between two patients", async () => {
    const lineBytes = bytes.length / 5;
    for (const end of [0, 10, lineBytes - 1, lineBytes, 3 * lineBytes + 7, bytes.length - 1]) {
      const fault = await faultOf(readPatients(bodyOf(bytes.slice(0, end)), 5));
      expect(fault.kind).toBe("broken-off");
      expect(fault.message).toBe(`The answer broke off after ${Math.floor(end / lineBytes)} of 5 patients.`);
    }
  });

  it("when its connection breaks", async () => {
    const body = bodyOf(bytes.slice(0, 1_500), [500], new TypeError("network error"));
    expect((await faultOf(readPatients(body, 1_000))).message).toMatch(/^The answer broke off after \d of 1,000 /);
  });

  it.each([
    ["with a patient left out", lineOf(0) + lineOf(2)],
    ["with more patients than asked for", lineOf(0) + lineOf(1) + lineOf(2)],
    ["with a line of something else", `${lineOf(0)}<html>\n`],
    ["that does not say that it is simulated", lineOf(0).replace("true", "false") + lineOf(1)],
  ])("%s, as one of a form that is not known", async (_, text) => {
    const fault = await faultOf(readPatients(bodyOf(new TextEncoder().encode(text)), 2));
    expect(fault.kind).toBe("failed");
  });
});

it("what was cancelled ends as cancelled", async () => {
  const controller = new AbortController();
  const body = bodyOf(answerOf(1), [64], new DOMException("aborted", "AbortError"));
  const onPatients = () => controller.abort();
  const fault = await faultOf(readPatients(body, 5, { signal: controller.signal, onPatients }));
  expect(fault).toMatchObject({ name: "AbortError" });
});
