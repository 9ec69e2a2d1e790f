import { osteosarcomaGeneSets } from "@osteon/features";

/** Genes whose expression goes with a worse (1) or a better (−1) course. */
export interface PrognosticSignature {
  readonly direction: 1 | -1;
  readonly genes: readonly string[];
}

/**
 * Signatures of a settled direction in osteosarcoma. Immune infiltrate: Scott et al. 2018, Cancer Res 78:326, and
 * Niu et al. 2020; macrophages: Buddingh et al. 2011, Clin Cancer Res 17:2110; hypoxia: Yang et al. 2007,
 * Jpn J Clin Oncol 37:127; mesenchymal programme: Yang, Yuan and Li 2013, Med Oncol 30:697.
 */
export const prognosticSignatures: readonly PrognosticSignature[] = [
  { direction: -1, genes: genesOf("INTERFERON_RESPONSE", "ANTIGEN_PRESENTATION_AND_T_CELLS", "MACROPHAGES") },
  { direction: 1, genes: genesOf("HYPOXIA") },
  { direction: 1, genes: genesOf("EPITHELIAL_MESENCHYMAL_TRANSITION") },
];

function genesOf(...names: readonly string[]): readonly string[] {
  const wanted = new Set(names.map((name) => `OSTEON_${name}`));
  return [...new Set(osteosarcomaGeneSets.filter(({ name }) => wanted.has(name)).flatMap(({ genes }) => genes))];
}
