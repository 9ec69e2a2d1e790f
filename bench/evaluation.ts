// How long an evaluation over repeated splits takes, part by part.
//
//   node bench/evaluation.ts [--patients 85] [--genes 2500] [--splits 20] [--families factor-copula,cvae,diffusion]
//                            [--threads 2] [--json]
//
// On the demonstration cohort. What is asked for: one family under 90 s on two cores, three under 5 minutes.
import { parseArgs } from "node:util";
import { completePatients, selectPatients, simulateDemonstrationCohort } from "@osteon/cohort";
import { evaluateRepeatedly, formatEvaluationTable } from "@osteon/evaluation";
import { applyFeatures, fitFeatures, osteosarcomaGeneSets } from "@osteon/features";
import { families as known, fitModel, type Family } from "@osteon/generator";
import { formatTable } from "./measures/text-table.ts";

const { values } = parseArgs({
  options: {
    patients: { type: "string", default: "85" },
    genes: { type: "string", default: "2500" },
    splits: { type: "string", default: "20" },
    families: { type: "string", default: "factor-copula" },
    threads: { type: "string", default: "2" },
    json: { type: "boolean", default: false },
  },
});
const wanted = values.families.split(",").map((name) => {
  const family = known.find((candidate) => candidate === name);
  if (!family) throw new Error(`--families are some of ${known.join(", ")}`);
  return family;
});
const everyone = simulateDemonstrationCohort({
  patients: 2 * Number(values.patients),
  genes: Number(values.genes),
}).cohort;
const complete = selectPatients(
  everyone,
  completePatients(everyone, ["survival", "age", "metastasis", "mutations", "expression"]).slice(
    0,
    Number(values.patients),
  ),
);

/** Seconds that passed, and seconds of processors, which do not depend on what else the machine does. */
const spent = new Map<string, { wall: number; processor: number }>();
async function timed<T>(part: string, work: () => T | Promise<T>): Promise<T> {
  const start = performance.now();
  const used = process.cpuUsage();
  const result = await work();
  const { user, system } = process.cpuUsage(used);
  const { wall, processor } = spent.get(part) ?? { wall: 0, processor: 0 };
  spent.set(part, { wall: wall + (performance.now() - start) / 1e3, processor: processor + (user + system) / 1e6 });
  return result;
}

const report = await timed("all", () =>
  evaluateRepeatedly({
    complete,
    prepare: (train) => {
      const state = fitFeatures(train);
      return (cohort) => applyFeatures(state, cohort);
    },
    families: wanted.map((family) => ({
      family,
      generate: async (train, split, count) => {
        const { model } = await timed(`${family}: fit`, () => fit(family, train, split));
        const synthetic = await timed(`${family}: sample`, () =>
          model.sample({ conditions: {}, seed: split + 1, firstIndex: 0, count }),
        );
        await model.release?.();
        return synthetic;
      },
    })),
    geneSets: osteosarcomaGeneSets,
    seed: 1,
    splits: Number(values.splits),
    onProgress: (message) => console.error(message),
  }),
);
const all = spent.get("all")!;
spent.delete("all");
const generating = [...spent.values()];
const rest = (of: "wall" | "processor") => generating.reduce((left, part) => left - part[of], all[of]);
spent.set("references, metrics, memory", { wall: rest("wall"), processor: rest("processor") });
spent.set("all", all);

if (values.json) console.log(JSON.stringify({ seconds: Object.fromEntries(spent), report }));
else {
  console.log(formatEvaluationTable(report));
  console.log(`\n${values.patients} patients, ${values.genes} genes, ${values.splits} splits\n`);
  console.log(
    formatTable(
      ["part", "seconds", "of processors"],
      [...spent].map(([part, { wall, processor }]) => [part, wall.toFixed(1), processor.toFixed(1)]),
    ),
  );
}

function fit(family: Family, train: Parameters<typeof fitModel>[1], split: number) {
  const training = { device: "cpu" as const, threads: Number(values.threads) };
  return fitModel(family, train, { seed: split + 1, geneSets: osteosarcomaGeneSets, training });
}
