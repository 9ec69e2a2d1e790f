import { osteosarcomaGeneSets } from "@osteon/features";
import {
  madeUpProject,
  type MadeUpGene,
  type MadeUpPatient,
  type MadeUpProject,
} from "../../../packages/connectors/src/gdc/testing/gdc-project.ts";

/** Marks every id of the project; a search for it is a search for every patient. */
export const gdcMark = "KNRVGL";

const symbols = ["TP53", "RB1", "MYC", "CDKN2A", ...new Set(osteosarcomaGeneSets.flatMap((set) => set.genes))];
const genes: readonly MadeUpGene[] = [...new Set(symbols)].slice(0, 60).map((symbol, g) => ({
  ensembl: `ENSG${String(90_000_000_000 + g)}.1`,
  symbol,
}));

/** A made-up project of patients who differ, so that a run has something to check. */
export function gdcCohort(patients: number): MadeUpProject {
  return madeUpProject(
    Array.from({ length: patients }, (_, i) => patient(i)),
    genes,
  );
}

/** The supplement that goes with it, as TARGET's table is laid out. */
export function gdcSupplement(patients: number): string {
  const rows = Array.from({ length: patients }, (_, i) =>
    [idOf(i), "2011", i % 3 === 0 ? "Metastatic" : "Non-metastatic", String((i * 37) % 101)].join(","),
  );
  return ["TARGET USI,Year of Diagnosis,Disease at diagnosis,Percent necrosis", ...rows].join("\n");
}

function idOf(i: number): string {
  return `TARGET-40-${gdcMark}${String(i).padStart(3, "0")}`;
}

/** Between 0 and 1, without a pattern that shows. */
function wobble(i: number, j: number): number {
  const value = Math.sin(i * 12.9898 + j * 78.233) * 43_758.5453;
  return value - Math.floor(value);
}

function patient(i: number): MadeUpPatient {
  const died = wobble(i, 1) < 0.35;
  const days = Math.round(60 + 3000 * wobble(i, 2));
  const called = genes.filter((_, g) => g < 8 && wobble(i, 20 + g) < 0.3);
  return {
    id: idOf(i),
    clinical: {
      demographic: {
        sex_at_birth: i % 2 === 0 ? "male" : "female",
        vital_status: died ? "Dead" : "Alive",
        days_to_death: died ? days : null,
      },
      diagnoses: [{ age_at_diagnosis: Math.round(1500 + 5500 * wobble(i, 3)), days_to_diagnosis: 0 }],
      follow_ups: died ? [] : [{ days_to_follow_up: days }],
    },
    samples: [
      {
        code: "01A",
        calls: called.map(({ symbol }) => [symbol, "Missense_Mutation"] as const),
        tpm: genes.map((_, g) => 2 ** (3 + (g % 6) + 2 * wobble(i, 100 + g)) - 1),
        copies: genes.map((_, g) => (wobble(i, 200 + g) < 0.7 ? 2 : Math.floor(6 * wobble(i, 300 + g)))),
      },
    ],
  };
}
