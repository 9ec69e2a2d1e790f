import { hasPart, type Cohort } from "@osteon/cohort";
import { visitCorrelations, type Profiles } from "./profiles.ts";
import type { Finding } from "./quality-report.ts";

const nearlyIdentical = 0.999;
const similar = 0.95;
/** With fewer genes two patients may be alike by chance. */
export const fewestGenesToCompare = 30;

export interface DuplicateCheck {
  readonly identical: number | null;
  readonly nearIdenticalPairs: number | null;
  readonly similarPairs: number | null;
  readonly findings: readonly Finding[];
}

/**
 * Looks for one patient under two ids: equal expression, and gene-centred expression that correlates
 * like replicates do. Each patient weighs once in a model, and a second copy in a hold-out set would
 * make every score a lie.
 */
export function checkDuplicates(cohort: Cohort, profiles: Profiles): DuplicateCheck {
  if (profiles.genes < fewestGenesToCompare) {
    const findings: Finding[] =
      cohort.expression.genes.length === 0
        ? []
        : [
            {
              level: "info",
              code: "not-checked",
              message:
                `expression: patients were not compared, as only ${profiles.genes} genes vary and are known in most; ` +
                `${fewestGenesToCompare} are needed`,
            },
          ];
    return { identical: null, nearIdenticalPairs: null, similarPairs: null, findings };
  }
  const { identical, identicalPairs } = countIdenticalRows(cohort);
  const everybody = Array.from({ length: profiles.patients }, (_, i) => i);
  let pairsAbove = 0;
  let similarPairs = 0;
  visitCorrelations(profiles, true, everybody, (first, block) => {
    for (let k = 0; k < block.length; k++) {
      if (block[k]! <= similar) continue;
      // Each pair once: the part of the matrix above its diagonal.
      if (k % profiles.patients <= first + Math.floor(k / profiles.patients)) continue;
      if (block[k]! > nearlyIdentical) pairsAbove++;
      else similarPairs++;
    }
  });
  // Equal rows correlate 1 as well and are counted on their own.
  const nearIdenticalPairs = Math.max(0, pairsAbove - identicalPairs);
  return {
    identical,
    nearIdenticalPairs,
    similarPairs,
    findings: judge(identical, nearIdenticalPairs, similarPairs),
  };
}

function judge(identical: number, nearIdenticalPairs: number, similarPairs: number): Finding[] {
  const findings: Finding[] = [];
  if (identical > 0) {
    findings.push({
      level: "error",
      code: "duplicate-patients",
      message:
        `expression: ${identical} patients have exactly the values of another patient. ` +
        "Find the samples entered twice and keep one of each",
    });
  }
  if (nearIdenticalPairs > 0) {
    findings.push({
      level: "error",
      code: "near-duplicate-patients",
      message:
        `expression: ${nearIdenticalPairs} pairs of patients correlate above ${nearlyIdentical}, as only the same ` +
        "sample does. Find the samples entered twice and keep one of each",
    });
  }
  if (similarPairs > 0) {
    findings.push({
      level: "warning",
      code: "similar-patients",
      message:
        `expression: ${similarPairs} pairs of patients correlate above ${similar}, as replicates or two samples of ` +
        "one patient do. Check that each patient has one sample",
    });
  }
  return findings;
}

/** Patients whose whole expression row equals that of an earlier one, and how many pairs that makes. */
function countIdenticalRows(cohort: Cohort): { identical: number; identicalPairs: number } {
  const { genes, values } = cohort.expression;
  const width = genes.length;
  const byHash = new Map<number, number[]>();
  let identical = 0;
  let identicalPairs = 0;
  for (let row = 0; row < cohort.patientIds.length; row++) {
    if (!hasPart(cohort, "expression", row)) continue;
    const hash = hashOf(values.subarray(row * width, (row + 1) * width));
    const earlier = byHash.get(hash) ?? [];
    const same = earlier.filter((other) => isSameRow(values, width, row, other)).length;
    if (same > 0) identical++;
    identicalPairs += same;
    byHash.set(hash, [...earlier, row]);
  }
  return { identical, identicalPairs };
}

function hashOf(row: Float32Array): number {
  let hash = 0x811c9dc5;
  for (const value of row) hash = Math.imul(hash ^ (Number.isNaN(value) ? 1 : Math.round(value * 65_536)), 0x01000193);
  return hash >>> 0;
}

function isSameRow(values: Float32Array, width: number, a: number, b: number): boolean {
  for (let j = 0; j < width; j++) if (!Object.is(values[a * width + j]!, values[b * width + j]!)) return false;
  return true;
}
