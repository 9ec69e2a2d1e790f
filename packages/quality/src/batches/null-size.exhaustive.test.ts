import { simulateDemonstrationCohort, type Cohort } from "@osteon/cohort";
import { RandomStream, streamId } from "@osteon/numerics";
import { describe, expect, it } from "vitest";
import { chooseProfiles } from "../profiles.ts";
import { listClinicalColumns } from "./clinical-columns.ts";
import { measureConfounding } from "./measure-confounding.ts";
import { measureExpression } from "./measure-expression.ts";

const cohorts = 300;
const patients = 50;

/** Shares of cohorts with a p-value of at most 0.05 that 300 cohorts show in 999 of 1,000 times if it is 0.05. */
const tolerated = [0.013, 0.1] as const;

function drawBatches(seed: number, cohort: Cohort, choose: (row: number, uniform: number) => number): Cohort {
  const random = new RandomStream(seed, streamId("batch test"));
  const batch = Int16Array.from(cohort.patientIds, (_, row) => choose(row, random.nextUniform()));
  return { ...cohort, batch };
}

function rejected(seeds: number, pValueOf: (seed: number) => number): number {
  return Array.from({ length: seeds }, (_, k) => pValueOf(k + 1)).filter((pValue) => pValue <= 0.05).length / seeds;
}

function effectOf(cohort: Cohort): number {
  const effect = measureExpression(chooseProfiles(cohort), cohort.batch!, listClinicalColumns(cohort))!;
  return effect.beyondClinical!.pValue;
}

describe("where batches do nothing", () => {
  it("an effect is found in one of twenty cohorts", () => {
    const share = rejected(cohorts, (seed) => {
      const { cohort } = simulateDemonstrationCohort({ patients, genes: 60, seed, complete: true });
      return effectOf(drawBatches(seed, cohort, (_, uniform) => Math.floor(3 * uniform)));
    });
    expect(share).toBeGreaterThan(tolerated[0]);
    expect(share).toBeLessThan(tolerated[1]);
  });

  it("nor more often where batches go with a disease that moves expression", () => {
    const share = rejected(cohorts, (seed) => {
      const { cohort } = simulateDemonstrationCohort({ patients, genes: 60, seed, complete: true });
      const values = cohort.expression.values.map(
        (value, k) => value + 1.5 * cohort.clinical.metastasis[Math.floor(k / cohort.expression.genes.length)]!,
      );
      const moved: Cohort = { ...cohort, expression: { ...cohort.expression, values } };
      return effectOf(
        drawBatches(seed, moved, (row, uniform) =>
          Number(uniform < (cohort.clinical.metastasis[row] === 1 ? 0.8 : 0.3)),
        ),
      );
    });
    expect(share).toBeGreaterThan(tolerated[0]);
    expect(share).toBeLessThan(tolerated[1]);
  });

  it("any clinical variable is called confounded in one of twenty cohorts at most", () => {
    const share = rejected(cohorts, (seed) => {
      const { cohort } = simulateDemonstrationCohort({ patients, genes: 0, seed, complete: true });
      const { batch } = drawBatches(seed, cohort, (_, uniform) => Math.floor(3 * uniform));
      return Math.min(...measureConfounding(listClinicalColumns(cohort), batch!).map((one) => one.adjustedPValue));
    });
    expect(share).toBeLessThan(tolerated[1]);
  });
});

it("an effect that explains a tenth of the variance is found in most cohorts of fifty", () => {
  const share = rejected(60, (seed) => {
    const { cohort } = simulateDemonstrationCohort({ patients, genes: 60, seed, complete: true });
    const labelled = drawBatches(seed, cohort, (_, uniform) => Math.floor(2 * uniform));
    const width = cohort.expression.genes.length;
    const values = cohort.expression.values.map(
      (value, k) => value + 0.7 * labelled.batch![Math.floor(k / width)]! * ((k % width) % 2 === 0 ? 1 : -1),
    );
    return effectOf({ ...labelled, expression: { ...cohort.expression, values } });
  });
  expect(share).toBeGreaterThan(0.8);
});
