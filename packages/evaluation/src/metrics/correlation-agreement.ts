import { correlatePatterns } from "./pattern-correlation.ts";

/** Pearson's r of the upper triangles of the two gene correlation matrices (at most 300 genes, the same in both). */
export const geneCorrelationAgreement = correlatePatterns({
  name: "gene_correlation_agreement",
  title: "genes move together as they do",
  over: "gene pairs that vary",
  associations: ({ geneCorrelations }) => geneCorrelations,
});

/** Pearson's r of the upper triangles of the two correlation matrices of pathway scores. */
export const pathwayCorrelationAgreement = correlatePatterns({
  name: "pathway_correlation_agreement",
  title: "pathways move together as they do",
  over: "pathway pairs that vary",
  associations: ({ pathwayCorrelations }) => pathwayCorrelations,
});
