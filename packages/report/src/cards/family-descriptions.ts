/** What the families are, in a sentence. */
const descriptions: ReadonlyMap<string, string> = new Map([
  [
    "factor-copula",
    "Each variable keeps its own distribution; their dependence is a Gaussian copula whose correlations run through a few factors, anchored in gene sets where some are given.",
  ],
  [
    "cvae",
    "Each variable keeps its own distribution; their dependence is drawn by a conditional variational autoencoder.",
  ],
  ["diffusion", "Each variable keeps its own distribution; their dependence is drawn by a denoising diffusion model."],
]);

/** The family in a sentence; its name alone where it is a new one. */
export function describeFamily(family: string): string {
  return descriptions.get(family) ?? `A model of the family ${family}.`;
}
