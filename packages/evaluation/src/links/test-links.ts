import { mean, RandomStream, streamId } from "@osteon/numerics";
import type { EvaluationInput } from "../input/evaluation-input.ts";
import { clinicalLink } from "./clinical-link.ts";
import type { KnownLink } from "./known-link.ts";
import { mutationLink } from "./mutation-link.ts";

/** A link's strength and how seldom chance reaches it. */
export interface LinkTest {
  readonly strength: number;
  readonly pValue: number;
}

/** Strengths of one file: as it is, then with the rows of one part given to patients at random. Null: not in the file. */
export type LinkStrengths = Float64Array | null;

/**
 * Links that few patients show by their known direction alone. Copy number needs none here: its dosage effects are in
 * thousands of genes, and the metrics see them gone.
 */
export const knownLinks: readonly KnownLink[] = [clinicalLink, mutationLink];

const relabellings = 499;

/** By known link: the file's strengths. Every order is addressed by (seed, link, file, number). */
export function relabelLinks(input: EvaluationInput, seed: number, file: number): readonly LinkStrengths[] {
  return knownLinks.map((link) => {
    const strength = link.prepare(input);
    if (strength === null) return null;
    const random = new RandomStream(seed, streamId(`evaluation/links/${link.name}`), file);
    const asIs = strength(Uint32Array.from({ length: input.patientCount }, (_, row) => row));
    if (asIs === null) return null;
    return Float64Array.of(
      asIs,
      // Where chance leaves nothing to compare, it leaves no link.
      ...Array.from({ length: relabellings }, () => strength(random.permutation(input.patientCount)) ?? 0),
    );
  });
}

/** One-sided permutation test of the mean strength over independently relabelled files; null where no file has the link. */
export function testLink(files: readonly LinkStrengths[]): LinkTest | null {
  const known = files.filter((strengths) => strengths !== null);
  if (known.length === 0) return null;
  const means = Float64Array.from({ length: relabellings + 1 }, (_, k) => mean(known.map((file) => file[k]!)));
  const strength = means[0]!;
  // The file itself is one of the orders, so p is never 0 (Phipson and Smyth 2010).
  return { strength, pValue: means.filter((value) => value >= strength).length / means.length };
}
