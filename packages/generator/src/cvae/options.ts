import { osteonError } from "@osteon/errors";

export interface CvaeOptions {
  /** Dimensions of the code h. */
  readonly codes: number;
  /** Widths of the decoder's hidden layers, from code to latents; the encoder has them in the other order. */
  readonly hidden: readonly number[];
  readonly dropout: number;
  /** β: weight of the divergence of posterior from prior in training; held-out patients are always scored at 1. */
  readonly klWeight: number;
  /** Steps over which the weight rises from 0 to β. */
  readonly klWarmUpSteps: number;
  /** Nats a code dimension (mean over a batch) below which its divergence costs nothing. */
  readonly freeBits: number;
  /** Patients of one step. */
  readonly batch: number;
  /** Share of the patients that is held out; 0: none, and training runs to its last epoch. */
  readonly validationShare: number;
  /** Draws of each held-out patient, each with its own noise, that the validation loss is a mean of. */
  readonly validationDraws: number;
}

const defaultCvaeOptions: CvaeOptions = {
  codes: 8,
  hidden: [32, 64],
  dropout: 0.5,
  klWeight: 1,
  klWarmUpSteps: 200,
  freeBits: 0.02,
  batch: 32,
  validationShare: 0.2,
  validationDraws: 8,
};

type Rule = readonly [allowed: string, holds: (value: number) => boolean];
const natural: Rule = ["a whole number of at least 1", (x) => Number.isInteger(x) && x >= 1];
const share: Rule = ["at least 0 and below 1", (x) => x >= 0 && x < 1];
const weight: Rule = ["a finite number of at least 0", (x) => x >= 0 && Number.isFinite(x)];

const rules: Readonly<Record<Exclude<keyof CvaeOptions, "hidden">, Rule>> = {
  codes: natural,
  dropout: share,
  klWeight: weight,
  klWarmUpSteps: ["a whole number of at least 0", (x) => Number.isInteger(x) && x >= 0],
  freeBits: weight,
  batch: natural,
  validationShare: share,
  validationDraws: natural,
};

/** Defaults filled in, options of other things left out, and all checked; throws `generator.option`. */
export function completeCvaeOptions(given: Partial<CvaeOptions>): CvaeOptions {
  const named = Object.keys(defaultCvaeOptions).filter((name) => given[name as keyof CvaeOptions] !== undefined);
  const chosen = Object.fromEntries(named.map((name) => [name, given[name as keyof CvaeOptions]]));
  const options: CvaeOptions = { ...defaultCvaeOptions, ...chosen };
  for (const [option, [allowed, holds]] of Object.entries(rules) as [Exclude<keyof CvaeOptions, "hidden">, Rule][]) {
    if (!holds(options[option])) throw osteonError("generator.option", { option, allowed });
  }
  if (options.hidden.length === 0 || !options.hidden.every(natural[1])) {
    throw osteonError("generator.option", { option: "hidden", allowed: "one or more whole numbers of at least 1" });
  }
  return options;
}
