import type { EvaluationInput } from "../input/evaluation-input.ts";
import { concordanceAboutZero } from "./concordance-about-zero.ts";
import { computed, missing, type Metric } from "./metric.ts";

/** What one agreement of effects has of its own. */
interface AgreementDescription extends Pick<Metric, "name" | "title" | "group"> {
  /** What the effects are of, for the reason where there is no value. */
  readonly over: string;
  /** The same effects in the same order in every file; NaN where one cannot be estimated. */
  readonly effects: (input: EvaluationInput) => ArrayLike<number>;
}

/** Concordance about zero of the effects of both files; see {@link concordanceAboutZero}. */
export function agreementOf({ over, effects, ...description }: AgreementDescription): Metric {
  return {
    ...description,
    unit: "concordance",
    better: "higher",
    compute: ({ reference, candidate }) => {
      const value = concordanceAboutZero(effects(reference), effects(candidate));
      return value === null
        ? missing(`fewer than 3 ${over} can be estimated among the real patients`)
        : computed(value);
    },
  };
}
