// Whether a network that was trained on a larger cohort first does better on a small one.
//
//   node bench/pretraining.ts [--repeats 4] [--json]
//
// Small cohorts of 85 simulated patients; the larger one has 600 other patients of the same kind (`same`) or of a kind
// without the dependence to be learnt (`other`). `bend` has a dependence that no copula has, `demonstration` has none.
// The held-out loss is that of the small cohort's own held-out patients, relative to the copula's: below 1 is better.
import { parseArgs } from "node:util";
import { simulateDemonstrationCohort, completePatients, selectPatients, type Cohort } from "@osteon/cohort";
import { applyFeatures, fitFeatures, osteosarcomaGeneSets } from "@osteon/features";
import { fitModel, type NeuralFamily } from "@osteon/generator";
import { simulateBend } from "./measures/simulated-bend.ts";
import { formatTable } from "./measures/text-table.ts";

const { values } = parseArgs({
  options: { repeats: { type: "string", default: "4" }, json: { type: "boolean", default: false } },
});
const genes = 200;
const simulatePlain = (patients: number, count: number, seed: number): Cohort => {
  const { cohort } = simulateDemonstrationCohort({ patients: Math.ceil(patients * 1.3), genes: count, seed });
  const rows = completePatients(cohort, ["survival", "age", "metastasis", "mutations", "expression"]);
  return selectPatients(cohort, rows.slice(0, patients));
};
const kinds = { bend: simulateBend, demonstration: simulatePlain };

const rows = [];
for (const [kind, simulate] of Object.entries(kinds)) {
  const another = kind === "bend" ? simulatePlain : simulateBend;
  for (const family of ["cvae", "diffusion"] as const) {
    const losses: Record<"alone" | "same" | "other", number[]> = { alone: [], same: [], other: [] };
    for (let repeat = 0; repeat < Number(values.repeats); repeat++) {
      const small = simulate(85, genes, 10 + repeat);
      const state = fitFeatures(small);
      const earlier = { same: simulate(600, genes, 50 + repeat), other: another(600, genes, 50 + repeat) };
      losses.alone.push(await measureLoss(family, applyFeatures(state, small)));
      for (const name of ["same", "other"] as const) {
        losses[name].push(await measureLoss(family, applyFeatures(state, small), applyFeatures(state, earlier[name])));
      }
    }
    rows.push({ kind, family, ...losses });
  }
}

if (values.json) console.log(JSON.stringify(rows, undefined, 2));
else {
  console.log("Held-out loss relative to the copula's, mean ± standard error over cohorts; below 1 is better\n");
  console.log(
    formatTable(
      ["cohort", "network", "alone", "after 600 of the same kind", "after 600 of another kind"],
      rows.map(({ kind, family, alone, same, other }) => [kind, family, ...[alone, same, other].map(summarise)]),
    ),
  );
}

async function measureLoss(family: NeuralFamily, cohort: Cohort, pretraining?: Cohort): Promise<number> {
  const { model, training } = await fitModel(family, cohort, {
    seed: 1,
    geneSets: osteosarcomaGeneSets,
    ...(pretraining && { pretraining }),
  });
  await model.release?.();
  return training!.bestValidationLoss! / training!.initialValidationLoss!;
}

function summarise(all: readonly number[]): string {
  const mean = all.reduce((sum, value) => sum + value, 0) / all.length;
  const variance = all.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, all.length - 1);
  return `${mean.toFixed(4)} ± ${Math.sqrt(variance / all.length).toFixed(4)}`;
}
