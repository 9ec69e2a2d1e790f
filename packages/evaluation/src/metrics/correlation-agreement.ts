import { pearsonCorrelation } from "@osteon/numerics";
import { alignPairs } from "./align-pairs.ts";
import { computedCorrelation, type Metric } from "./metric.ts";

/** Pearson's r of the upper triangles of the two gene correlation matrices (at most 300 genes, the same in both). */
export const geneCorrelationAgreement: Metric = {
  name: "gene_correlation_agreement",
  title: "genes move together as they do",
  group: "biology",
  unit: "r",
  better: "higher",
  compute: ({ reference, candidate }) => {
    const pairs = alignPairs(reference.geneCorrelations, candidate.geneCorrelations);
    return computedCorrelation(pearsonCorrelation(pairs.reference, pairs.candidate), "gene pairs that vary");
  },
};

/** Pearson's r of the upper triangles of the two correlation matrices of pathway scores. */
export const pathwayCorrelationAgreement: Metric = {
  name: "pathway_correlation_agreement",
  title: "pathways move together as they do",
  group: "biology",
  unit: "r",
  better: "higher",
  compute: ({ reference, candidate }) => {
    const pairs = alignPairs(reference.pathwayCorrelations, candidate.pathwayCorrelations);
    return computedCorrelation(pearsonCorrelation(pairs.reference, pairs.candidate), "pathway pairs that vary");
  },
};
