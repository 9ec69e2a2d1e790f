/** The steps of the main job, in their order. */
export const stepNames = [
  "load",
  "deidentify",
  "check",
  "features",
  "train",
  "generate",
  "validate",
  "report",
  "seal",
] as const;

export type StepName = (typeof stepNames)[number];

/** Steps whose results a step reads. */
export const dependencies: Readonly<Record<StepName, readonly StepName[]>> = {
  load: [],
  deidentify: ["load"],
  check: ["deidentify"],
  features: ["deidentify", "check"],
  train: ["deidentify", "features"],
  generate: ["train"],
  validate: ["deidentify", "features", "train"],
  report: ["deidentify", "check", "features", "train", "validate"],
  seal: ["deidentify", "check", "features", "train", "validate", "report"],
};

/** Steps whose results follow, directly or not, from that of a step. */
export function dependentsOf(step: StepName): readonly StepName[] {
  const found = new Set<StepName>();
  // In their order no step precedes what it reads, so once through finds all.
  for (const name of stepNames) {
    if (dependencies[name].some((needed) => needed === step || found.has(needed))) found.add(name);
  }
  return [...found];
}
