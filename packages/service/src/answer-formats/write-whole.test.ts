import { describe, expect, it } from "vitest";
import { readParquet } from "../testing/read-answers.ts";
import { createSimulatedSynthesiser } from "../testing/simulated-synthesiser.ts";
import type { AnswerForm } from "./answer-format.ts";
import { AnswerWriter } from "./answer-writer.ts";
import { writeWhole } from "./write-whole.ts";

const writer = new AnswerWriter();
const form: AnswerForm = {
  format: "parquet",
  modelVersion: "version-of-the-test",
  trainedOnSimulatedPatients: true,
  seed: 3,
  count: 520,
};

async function drawCohort(count: number) {
  const model = createSimulatedSynthesiser({ expressionGenes: 1_000 });
  return model.generate({ conditions: {}, seed: 3, firstIndex: 0, count });
}

describe("an answer in one piece", () => {
  it("is the same whether a thread writes it or the caller", async () => {
    for (const count of [3, 520]) {
      const whole = await drawCohort(count);
      const here = writer.write(whole, 0, { ...form, count });
      const answer = await writeWhole(writer, { whole, form: { ...form, count } }, new AbortController().signal);
      expect(Buffer.compare(answer!, here)).toBe(0);
      expect((await readParquet(answer!)).rows).toHaveLength(count);
    }
  });

  it("leaves the event loop free while a large one is written", async () => {
    const whole = await drawCohort(520);
    let turns = 0;
    let answer: Uint8Array | undefined;
    const writing = writeWhole(writer, { whole, form }, new AbortController().signal).then(
      (written) => (answer = written),
    );
    while (answer === undefined) {
      await new Promise(setImmediate);
      turns++;
    }
    await writing;
    // Written by the caller it would be one turn.
    expect(turns).toBeGreaterThan(20);
  });

  it("ends with its signal, also before it began", async () => {
    const whole = await drawCohort(520);
    expect(await writeWhole(writer, { whole, form }, AbortSignal.abort())).toBeUndefined();
    const gone = new AbortController();
    const writing = writeWhole(writer, { whole, form }, gone.signal);
    gone.abort();
    expect(await writing).toBeUndefined();
  });

  it("tells of a thread that died", async () => {
    const whole = await drawCohort(520);
    // A seed that is no whole number cannot be written as one: the writer throws.
    const broken = { ...form, seed: 0.5 };
    expect(() => writer.write(whole, 0, broken)).toThrow(RangeError);
    await expect(writeWhole(writer, { whole, form: broken }, new AbortController().signal)).rejects.toThrow(RangeError);
  });
});
