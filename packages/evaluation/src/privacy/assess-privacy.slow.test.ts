import { simulateDemonstrationCohort } from "@osteon/cohort";
import { RandomStream } from "@osteon/numerics";
import { describe, expect, it } from "vitest";
import type { EvaluationCohort } from "../input/evaluation-cohort.ts";
import { drawIndependentMarginals } from "../references/draw-independent-marginals.ts";
import { isExhaustive } from "../testing/exhaustive.ts";
import { blend, jitter, photocopy, takeRange } from "../testing/leaking-files.ts";
import { assessPrivacy } from "./assess-privacy.ts";

/** Of repeats in which one in twenty is allowed to be judged wrongly, and of those in which hardly any is. */
const [many, some] = isExhaustive ? [60, 20] : [40, 10];

/** Share of repeats, each with other patients, in which the gate or any attack fails the file. */
async function shareFailed(
  { genes, repeats }: { readonly genes: number; readonly repeats: number },
  make: (train: EvaluationCohort, fresh: EvaluationCohort, random: RandomStream) => EvaluationCohort,
): Promise<number> {
  let failed = 0;
  for (let seed = 1; seed <= repeats; seed++) {
    const source = simulateDemonstrationCohort({ patients: 320, genes, seed }).cohort;
    const train = takeRange(source, 0, 60);
    const synthetic = make(train, takeRange(source, 120, 320), new RandomStream(seed, 11));
    const report = await assessPrivacy({ train, holdOut: takeRange(source, 60, 120), synthetic, seed });
    if (report.gate.verdict === "fails") failed++;
  }
  return failed / repeats;
}

describe("the privacy gate as an instrument", () => {
  it("lets fresh patients pass in at least 95 % of repeats", async () => {
    expect(await shareFailed({ genes: 60, repeats: many }, (_, fresh) => fresh)).toBeLessThanOrEqual(0.05);
  });
  it.runIf(isExhaustive)("lets fresh patients without expression pass in at least 95 % of repeats", async () => {
    expect(await shareFailed({ genes: 0, repeats: many }, (_, fresh) => fresh)).toBeLessThanOrEqual(0.05);
  });
  it.runIf(isExhaustive)("lets marginals of other patients pass in at least 95 % of repeats", async () => {
    expect(
      await shareFailed({ genes: 60, repeats: many }, (_, fresh, random) =>
        drawIndependentMarginals(fresh, 200, random),
      ),
    ).toBeLessThanOrEqual(0.05);
  });
  it.each([
    { what: "photocopies", leak: photocopy },
    { what: "copies with noise", leak: jitter },
    { what: "an overfitted model", leak: blend },
  ])("fails $what in at least 95 % of repeats", async ({ leak }) => {
    expect(
      await shareFailed({ genes: 60, repeats: some }, (train, _fresh, random) => leak(train, 200, random)),
    ).toBeGreaterThanOrEqual(0.95);
  });
});
