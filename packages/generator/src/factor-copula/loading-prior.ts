import { decomposeSymmetric } from "@osteon/numerics";

/** Gene sets as the prior of the factors' loadings. */
export interface LoadingPrior {
  /** All genes, then each set: positions of genes, rising. */
  readonly groups: readonly Int32Array[];
  /** Of the groups' overlaps (genes in both), eigenvalues and eigenvectors (one a row). */
  readonly eigenvalues: Float64Array;
  readonly eigenvectors: Float64Array;
}

/** Sets with fewer modelled genes say too little of a loading. */
const fewestGenesOfSet = 5;
const iterations = 50;
/** Keeps the variance of the groups' effects above 0, relative to that of the loadings. */
const smallestShare = 1e-6;

/** For each set the positions of its genes among those modelled, rising; the others are passed over. */
export function locateGeneSets(
  genes: readonly string[],
  geneSets: readonly { readonly genes: readonly string[] }[],
): readonly Int32Array[] {
  const position = new Map(genes.map((gene, j) => [gene, j]));
  return geneSets.map((set) => Int32Array.from(new Set(set.genes.flatMap((gene) => position.get(gene) ?? []))).sort());
}

/**
 * @param genes how many are modelled
 * @param geneSets for each set the positions of its genes
 * @returns null where no set has enough modelled genes
 */
export function createLoadingPrior(genes: number, geneSets: readonly Int32Array[]): LoadingPrior | null {
  const sets = geneSets.filter((set) => set.length >= fewestGenesOfSet);
  if (sets.length === 0) return null;
  const groups = [Int32Array.from({ length: genes }, (_, j) => j), ...sets];
  const groupsOfGene: number[][] = Array.from({ length: genes }, () => []);
  groups.forEach((group, a) => {
    for (const j of group) groupsOfGene[j]!.push(a);
  });
  const overlaps = new Float64Array(groups.length ** 2);
  for (const memberships of groupsOfGene) {
    for (const a of memberships) for (const b of memberships) overlaps[a * groups.length + b]!++;
  }
  const { values, vectors } = decomposeSymmetric(overlaps, groups.length);
  return { groups, eigenvalues: values.map((value) => Math.max(0, value)), eigenvectors: vectors };
}

/**
 * Empirical Bayes for one factor's loadings: a gene's is the sum of its groups' effects, normal around 0, and of
 * a deviation of its own, normal around 0. Replaces each by the groups' part plus the share of the deviation
 * that is more than noise.
 *
 * With far more genes than patients much of a leading direction is the noise of just these patients. It is
 * independent between genes, so that the mean of a set hardly has any: the groups' part keeps how far gene
 * sets hold together, which shrinking the eigenvalue would lose, and the deviations can be shrunk.
 *
 * Both variances are fitted by EM, in the eigenvectors of the overlaps: a step costs one pass over the groups.
 * Source: Laird & Ware, "Random-effects models for longitudinal data", Biometrics 1982 (EM for variances).
 *
 * @param loadings replaced, one a gene
 * @param noiseVariance of one loading; Infinity leaves the groups' part alone
 */
export function shrinkTowardsGroupsInPlace(
  loadings: Float64Array,
  noiseVariance: number,
  { groups, eigenvalues, eigenvectors }: LoadingPrior,
): void {
  const genes = loadings.length;
  const count = groups.length;
  const sumOfSquares = loadings.reduce((sum, value) => sum + value * value, 0);
  if (sumOfSquares === 0) return;
  const turned = new Float64Array(count);
  groups.forEach((group, a) => {
    const sum = group.reduce((total, j) => total + loadings[j]!, 0);
    for (let e = 0; e < count; e++) turned[e]! += eigenvectors[e * count + a]! * sum;
  });
  const floor = (smallestShare * sumOfSquares) / genes;
  let ownVariance = sumOfSquares / genes / 2;
  let groupVariance = ownVariance;
  const effects = new Float64Array(count);
  for (let iteration = 0; iteration < iterations; iteration++) {
    let left = sumOfSquares;
    let uncertainty = 0;
    let squares = 0;
    let freedom = 0;
    for (let e = 0; e < count; e++) {
      const inverse = 1 / (eigenvalues[e]! + ownVariance / groupVariance);
      effects[e] = turned[e]! * inverse;
      left += effects[e]! * (effects[e]! * eigenvalues[e]! - 2 * turned[e]!);
      squares += effects[e]! ** 2;
      uncertainty += inverse;
      freedom += inverse * eigenvalues[e]!;
    }
    groupVariance = Math.max(floor, (squares + ownVariance * uncertainty) / count);
    ownVariance = Math.max(floor, (Math.max(0, left) + ownVariance * freedom) / genes);
  }

  const explained = new Float64Array(genes);
  groups.forEach((group, a) => {
    let effect = 0;
    for (let e = 0; e < count; e++) effect += eigenvectors[e * count + a]! * effects[e]!;
    for (const j of group) explained[j]! += effect;
  });
  let deviations = 0;
  for (let j = 0; j < genes; j++) deviations += (loadings[j]! - explained[j]!) ** 2;
  const kept = deviations > 0 ? Math.max(0, 1 - (noiseVariance * genes) / deviations) : 0;
  for (let j = 0; j < genes; j++) loadings[j] = explained[j]! + kept * (loadings[j]! - explained[j]!);
}
