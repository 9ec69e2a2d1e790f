// What a request costs a served model, and what keeping conditioned state, sharing runs of a network and handing over
// to a thread change of it. Every comparison alternates its two sides in one process, so that other work on the machine
// weighs on both.
//
//   node bench/serving.ts [--genes 2416] [--patients 85] [--families factor-copula,cvae,diffusion] [--repeats 60] [--json]
//   node bench/serving.ts --package FILE --identity FILE
//
// Ends with 1 where a kept profile, or shared runs of a network, are not faster.
import { parseArgs } from "node:util";
import {
  fitModel,
  loadSavedSynthesiser,
  type Family,
  type SavedSynthesiser,
  type Synthesiser,
} from "@osteon/generator";
import { savedSynthesiserOf } from "@osteon/pipeline";
import { readIdentity, readPackage } from "@osteon/registry";
import { openSynthesiserPool } from "@osteon/serving";
import { osteosarcomaGeneSets } from "@osteon/features";
import { PatientJsonWriter } from "../packages/service/src/answer-formats/patient-json-writer.ts";
import { compareAlternately, type Comparison } from "./measures/compare-alternately.ts";
import { simulateTrainingCohort } from "./measures/simulated-training-cohort.ts";
import { formatTable } from "./measures/text-table.ts";

const { values: flags } = parseArgs({
  options: {
    genes: { type: "string", default: "2416" },
    patients: { type: "string", default: "85" },
    families: { type: "string", default: "factor-copula,cvae,diffusion" },
    repeats: { type: "string", default: "60" },
    package: { type: "string" },
    identity: { type: "string" },
    json: { type: "boolean", default: false },
  },
});

const repeats = Number(flags.repeats);
/** Requests under way together, as connections of a busy service. */
const together = 16;
/** The same profile each time, or each time another. */
const profileOf = (number: number) => ({ survivalTimeDays: 400 + number / 8, event: 0 }) as const;

async function* readModels(): AsyncGenerator<SavedSynthesiser> {
  if (flags.package !== undefined && flags.identity !== undefined) {
    yield savedSynthesiserOf(await readPackage(flags.package, await readIdentity(flags.identity)));
    return;
  }
  const cohort = simulateTrainingCohort(Number(flags.patients), Number(flags.genes), 1);
  for (const family of flags.families.split(",") as Family[]) {
    const { model } = await fitModel(family, cohort, { seed: 1 });
    yield {
      model: model.save(),
      geneSets: osteosarcomaGeneSets,
      minimumSetGenes: 5,
      modelVersion: family,
      trainedOnSimulatedPatients: true,
      conditionFloor: null,
    };
  }
}

interface Measured extends Comparison {
  readonly family: Family;
  readonly what: string;
}

async function measure(saved: SavedSynthesiser): Promise<readonly Measured[]> {
  const { family } = saved.model;
  const here = await loadSavedSynthesiser(saved);
  const threads = await openSynthesiserPool(saved, { threads: 1, patientsDrawnHere: 0 });
  let seed = 0;
  const draw = (from: Synthesiser, count: number, conditions: object = profileOf(0)) =>
    from.generate({ conditions, seed: seed++, firstIndex: 0, count });
  const several = async (from: Synthesiser, count: number) =>
    void (await Promise.all(Array.from({ length: together }, () => draw(from, count))));
  const oneByOne = async (from: Synthesiser) => {
    for (let k = 0; k < together; k++) await draw(from, 1);
  };
  const compare = async (
    what: string,
    one: () => Promise<unknown>,
    other: () => Promise<unknown>,
    units = together,
  ) => ({
    family,
    what,
    ...(await compareAlternately(one, other, { repeats, units })),
  });
  const many = async (one: () => Promise<unknown>) => {
    for (let k = 0; k < together; k++) await one();
  };
  const writer = new PatientJsonWriter();
  const patient = await draw(here, 1);
  try {
    return [
      await compare(
        "one patient of a new profile / of one at hand",
        () => many(() => draw(here, 1, profileOf(seed))),
        () => oneByOne(here),
      ),
      await compare(
        "one patient drawn / written as JSON",
        () => oneByOne(here),
        () => many(async () => writer.write(patient, 0, 0, "{", "}")),
      ),
      await compare(
        "16 requests for one, one after another / together",
        () => oneByOne(here),
        () => several(here, 1),
      ),
      await compare(
        "one patient here / by a thread, one after another",
        () => oneByOne(here),
        () => oneByOne(threads),
      ),
      await compare(
        "one patient here / by a thread, 16 together",
        () => several(here, 1),
        () => several(threads, 1),
      ),
      await compare(
        "16 patients here / by a thread, 16 together",
        () => several(here, 16),
        () => several(threads, 16),
      ),
    ];
  } finally {
    await threads.retire();
  }
}

const measured: Measured[] = [];
for await (const saved of readModels()) measured.push(...(await measure(saved)));

const isMissed = ({ family, what, ratio }: Measured) =>
  ratio < 1 && (what.includes("at hand") || (family !== "factor-copula" && what.includes("after another / together")));
if (measured.some(isMissed)) process.exitCode = 1;
if (flags.json) {
  console.log(JSON.stringify(measured));
} else {
  console.log(`Median of ${repeats} alternated repeats; the processor time is that of the thread that asks\n`);
  console.log(
    formatTable(
      ["family", "one / other", "µs", "µs", "ratio", "its processor µs", "µs"],
      measured.map(({ family, what, one, other, ratio }) => [
        family,
        what,
        one.microseconds.toFixed(0),
        other.microseconds.toFixed(0),
        ratio.toFixed(2),
        one.processorMicroseconds.toFixed(0),
        other.processorMicroseconds.toFixed(0),
      ]),
    ),
  );
}
