import { readAlteration } from "../biology/alteration.ts";
import { knownExclusivePairs } from "../biology/exclusive-pairs.ts";
import type { EvaluationCohort } from "../input/evaluation-cohort.ts";
import { computed, missing, type Metric } from "./metric.ts";

/**
 * Of the candidate's patients altered in either gene of an exclusive pair, the share altered in both,
 * pooled over pairs: Σ both / Σ either. Pairs: those known of osteosarcoma, and those observed: gene
 * pairs that the reference never shows mutated together although independence would let one expect
 * it in a patient or more. Source: the seed system's validator; the pairs are ours.
 */
export const mutualExclusivityViolationRate: Metric = {
  name: "mutual_exclusivity_violation_rate",
  title: "exclusive alterations that meet",
  group: "biology",
  unit: "share",
  better: "lower",
  compute: ({ reference, candidate }) => {
    let either = 0;
    let both = 0;
    const count = (first: Int8Array, second: Int8Array): void => {
      for (let i = 0; i < first.length; i++) {
        if (first[i]! < 0 || second[i]! < 0) continue;
        if (first[i] === 1 || second[i] === 1) either++;
        if (first[i] === 1 && second[i] === 1) both++;
      }
    };
    for (const [first, second] of knownExclusivePairs) {
      const one = readAlteration(candidate.cohort, first);
      const other = readAlteration(candidate.cohort, second);
      if (one !== null && other !== null) count(one, other);
    }
    for (const [first, second] of findObservedPairs(reference.cohort)) {
      count(mutationColumn(candidate.cohort, first), mutationColumn(candidate.cohort, second));
    }
    return either === 0 ? missing("no patient is altered in a gene of an exclusive pair") : computed(both / either);
  },
};

/** Column pairs of the mutation table never mutated together where at least one patient was expected. */
function findObservedPairs(cohort: EvaluationCohort): readonly (readonly [number, number])[] {
  const columns = cohort.mutations.genes.map((_, j) => mutationColumn(cohort, j));
  const pairs: (readonly [number, number])[] = [];
  columns.forEach((first, a) => {
    for (let b = a + 1; b < columns.length; b++) if (isObservedPair(first, columns[b]!)) pairs.push([a, b]);
  });
  return pairs;
}

function isObservedPair(first: Int8Array, second: Int8Array): boolean {
  let known = 0;
  let one = 0;
  let other = 0;
  let both = 0;
  for (let i = 0; i < first.length; i++) {
    if (first[i]! < 0 || second[i]! < 0) continue;
    known++;
    one += first[i]!;
    other += second[i]!;
    both += first[i]! * second[i]!;
  }
  return both === 0 && known > 0 && (one * other) / known >= 1;
}

function mutationColumn({ mutations }: EvaluationCohort, column: number): Int8Array {
  const width = mutations.genes.length;
  return Int8Array.from({ length: mutations.values.length / width }, (_, i) => mutations.values[i * width + column]!);
}
