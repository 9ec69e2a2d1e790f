import { assertOption, completeOptions, natural, share, weight, wholeOrNone } from "../latent/complete-options.ts";

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

/** Defaults filled in, options of other things left out, and all checked; throws `generator.option`. */
export function completeCvaeOptions(given: Partial<CvaeOptions>): CvaeOptions {
  const options = completeOptions(defaultCvaeOptions, given, {
    codes: natural,
    dropout: share,
    klWeight: weight,
    klWarmUpSteps: wholeOrNone,
    freeBits: weight,
    batch: natural,
    validationShare: share,
    validationDraws: natural,
  });
  const areLayers = options.hidden.length > 0 && options.hidden.every(natural[1]);
  assertOption("hidden", "one or more whole numbers of at least 1", areLayers);
  return options;
}
