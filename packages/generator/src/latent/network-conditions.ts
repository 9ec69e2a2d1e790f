/** Latents beyond this many deviations are shown to a network as this: it has seen none, and 0 days is −∞. */
export const farthestCondition = 4;

/** Latents of clinical variables as a network is given them. */
export function toNetworkConditions(clinicalLatents: Float64Array): Float32Array {
  return Float32Array.from(clinicalLatents, (latent) =>
    Math.max(-farthestCondition, Math.min(farthestCondition, latent)),
  );
}
