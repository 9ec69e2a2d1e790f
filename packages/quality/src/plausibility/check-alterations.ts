import { hasPart, type Cohort } from "@osteon/cohort";
import { exactBinomialInterval } from "@osteon/numerics";
import type { Finding } from "../quality-report.ts";

interface PublishedFrequency {
  readonly words: string;
  readonly table: "mutations" | "copyNumber";
  readonly gene: string;
  readonly isAltered: (value: number) => boolean;
  /** Shares that studies report, lowest and highest. */
  readonly low: number;
  readonly high: number;
}

const isMutated = (value: number) => value === 1;
const isLost = (level: number) => level <= -1;
const isGained = (level: number) => level >= 1;

/**
 * Frequencies in osteosarcoma: TARGET (87 tumours; TP53 is under-called there, since its rearrangements are in no
 * mutation file), Marinoff 2020 (panel, 92), Chen 2014 (whole genomes, 20: with rearrangements).
 */
const published: readonly PublishedFrequency[] = [
  { words: "TP53 mutated", table: "mutations", gene: "TP53", isAltered: isMutated, low: 0.18, high: 0.55 },
  { words: "RB1 mutated", table: "mutations", gene: "RB1", isAltered: isMutated, low: 0.09, high: 0.29 },
  { words: "ATRX mutated", table: "mutations", gene: "ATRX", isAltered: isMutated, low: 0.07, high: 0.29 },
  { words: "RB1 lost", table: "copyNumber", gene: "RB1", isAltered: isLost, low: 0.23, high: 0.53 },
  { words: "CDKN2A lost", table: "copyNumber", gene: "CDKN2A", isAltered: isLost, low: 0.13, high: 0.3 },
  { words: "MYC gained", table: "copyNumber", gene: "MYC", isAltered: isGained, low: 0.12, high: 0.5 },
];
const confidence = 0.99;
const fewestMeasured = 20;
/** With fewer genes a tumour may well have none altered. */
const fewestCopyNumberGenes = 1_000;

/** Alterations that exclude each other, that are rarer or commoner than published, and tumours without any. */
export function checkAlterations(cohort: Cohort): Finding[] {
  return [...checkExclusive(cohort), ...checkFrequencies(cohort), ...checkFlatGenomes(cohort)];
}

/** TP53 mutation and MDM2 amplification do the same to p53 and hardly ever meet (Oliner 1992). */
function checkExclusive({ mutations, copyNumber, patientIds }: Cohort): Finding[] {
  const tp53 = mutations.genes.indexOf("TP53");
  const mdm2 = copyNumber.genes.indexOf("MDM2");
  if (tp53 < 0 || mdm2 < 0) return [];
  let measured = 0;
  let both = 0;
  for (let row = 0; row < patientIds.length; row++) {
    const mutated = mutations.values[row * mutations.genes.length + tp53]!;
    const copies = copyNumber.values[row * copyNumber.genes.length + mdm2]!;
    if (mutated < 0 || copies < -2) continue;
    measured++;
    if (mutated === 1 && copies === 2) both++;
  }
  if (both === 0) return [];
  const isFrequent = both > 0.05 * measured;
  return [
    {
      level: isFrequent ? "warning" : "info",
      code: "tp53-mutation-with-mdm2-amplification",
      message:
        `${both} of ${measured} tumours have a TP53 mutation and an MDM2 amplification, which exclude each other. ` +
        "Check that mutation and copy-number tables hold the same patients in the same order",
    },
  ];
}

function checkFrequencies(cohort: Cohort): Finding[] {
  const unusual = published.flatMap((frequency) => {
    const { altered, measured } = countAltered(cohort, frequency);
    if (measured < fewestMeasured) return [];
    const { lower, upper } = exactBinomialInterval(altered, measured, confidence);
    if (upper >= frequency.low && lower <= frequency.high) return [];
    const range = `${Math.round(100 * frequency.low)} to ${Math.round(100 * frequency.high)} %`;
    return [`${frequency.words} in ${altered} of ${measured} (published: ${range})`];
  });
  if (unusual.length === 0) return [];
  return [
    {
      level: "warning",
      code: "frequency-unusual",
      message:
        `alterations are rarer or commoner than chance lets them be in osteosarcoma: ${unusual.join("; ")}. Check the ` +
        "diagnosis, how they were called, and that an unknown gene is not written as unaltered",
    },
  ];
}

/** A mutation table lists genes with a call: one that it does not list is mutated in nobody. */
function countAltered(cohort: Cohort, { table, gene, isAltered }: PublishedFrequency) {
  const { genes, values } = cohort[table];
  const place = genes.indexOf(gene);
  let measured = 0;
  let altered = 0;
  for (let row = 0; row < cohort.patientIds.length; row++) {
    if (place < 0) {
      if (table === "mutations" && hasPart(cohort, table, row)) measured++;
      continue;
    }
    const value = values[row * genes.length + place]!;
    if (value < -2 || (table === "mutations" && value < 0)) continue;
    measured++;
    if (isAltered(value)) altered++;
  }
  return { measured, altered };
}

/**
 * Osteosarcoma genomes are among the most rearranged (Chen 2014, Behjati 2017): one with no gain and no loss anywhere
 * is most likely normal tissue, or a tumour of which little is in the sample.
 */
function checkFlatGenomes(cohort: Cohort): Finding[] {
  const { genes, values } = cohort.copyNumber;
  if (genes.length < fewestCopyNumberGenes) return [];
  const rows = [...cohort.patientIds.keys()].filter((row) => hasPart(cohort, "copyNumber", row));
  const flat = rows.filter((row) =>
    values.subarray(row * genes.length, (row + 1) * genes.length).every((level) => level === 0 || level < -2),
  ).length;
  if (flat === 0) return [];
  return [
    {
      level: "warning",
      code: "flat-genome",
      message:
        `copy number: ${flat} of ${rows.length} tumours have no gain and no loss in any of ${genes.length} genes, which ` +
        "osteosarcomas hardly ever have. Check these samples for tumour content, and that they are no normal tissue",
    },
  ];
}
