import type { Variant } from "./family-splits.ts";

/** As many epochs as given, whatever held-out patients say: what a network learns if nobody stops it. */
const regardless = (epochs: number) => ({ network: { validationShare: 0 }, training: { epochs } });

const unstopped = { start: "independence", ...regardless(150) } as const;

/** What bench/families.ts compares, by the name of the set. */
export const variantSets: Readonly<Record<string, readonly Variant[]>> = {
  families: [
    { name: "factor-copula", family: "factor-copula" },
    { name: "cvae", family: "cvae" },
    { name: "diffusion", family: "diffusion" },
    { name: "cvae, unstopped, blank", family: "cvae", options: unstopped },
    { name: "diffusion, unstopped", family: "diffusion", options: regardless(150) },
    { name: "diffusion, unstopped, blank", family: "diffusion", options: unstopped },
  ],
  diffusion: [
    { name: "no term, guidance 1", family: "diffusion", options: unstopped },
    { name: "pathway coherence", family: "diffusion", options: { ...unstopped, biology: { pathwayCoherence: 0.3 } } },
    { name: "mutation directions", family: "diffusion", options: { ...unstopped, biology: { mutationDirections: 1 } } },
    { name: "survival", family: "diffusion", options: { ...unstopped, biology: { survival: 0.3 } } },
    ...[1.5, 2, 3].map((guidance): Variant => ({
      name: `guidance ${guidance}`,
      family: "diffusion",
      options: { ...unstopped, network: { ...unstopped.network, guidance } },
    })),
  ],
};
