import type { PrivacyFindings } from "../privacy-findings.ts";

/** A privacy assessment that finds nothing, of no patients. */
export function examplePrivacy(changes: Partial<PrivacyFindings> = {}): PrivacyFindings {
  return {
    patients: { train: 57, holdOut: 28, synthetic: 500 },
    gate: { verdict: "passes", reasons: [] },
    copies: {
      verdict: "passes",
      reading: "none of 500 records repeats a training patient; 4 % are nearer than the nearest 5 % of fresh patients",
    },
    attacks: [
      {
        name: "closest_record",
        title: "Distance to the closest record",
        verdict: "passes",
        reading: "AUC 0.52, chance reaches 0.63",
        outcome: { kind: "ranking", auc: { value: 0.52, lower: 0.39, upper: 0.65 }, nullRange: [0.37, 0.63] },
      },
      {
        name: "density_ratio",
        title: "Density ratio (DOMIAS)",
        verdict: "cannot tell",
        reading: "AUC 0.55, chance reaches 0.72: 12 against 28 patients are too few to notice an AUC of 0.7",
        outcome: { kind: "ranking", auc: { value: 0.55, lower: 0.36, upper: 0.73 }, nullRange: [0.29, 0.72] },
      },
      {
        name: "attribute_inference",
        title: "Attribute inference",
        verdict: "passes",
        reading: "succeeds on 71 % of training and 69 % of held-out, chance reaches a difference of 9 %",
        outcome: {
          kind: "rate",
          main: 0.71,
          control: 0.69,
          risk: { value: 0.06, lower: -0.3, upper: 0.42 },
          nullRange: [-0.09, 0.09],
        },
      },
      {
        name: "linkability",
        title: "Linkability",
        verdict: "passes",
        reading: "succeeds on 8 % of training and 5 % of held-out, chance reaches a difference of 12 %",
        outcome: {
          kind: "rate",
          main: 0.08,
          control: 0.05,
          risk: { value: 0.03, lower: -0.09, upper: 0.15 },
          nullRange: [-0.12, 0.12],
        },
      },
      {
        name: "singling_out",
        title: "Singling out",
        verdict: "cannot tell",
        reading: "no predicate is met by one patient alone",
        outcome: { kind: "unanswered", reason: "no predicate is met by one patient alone" },
      },
    ],
    secrets: [{ name: "TP53 mutated", main: 0.81, control: 0.79, risk: { value: 0.1, lower: -0.2, upper: 0.4 } }],
    likelihoodRatio: {
      verdict: "passes",
      reading: "AUC 0.51, chance reaches 0.54",
      result: {
        patients: 57,
        shadows: 64,
        auc: { value: 0.51, lower: 0.48, upper: 0.54 },
        meanNullRange: [0.46, 0.54],
        truePositiveRates: [
          { falsePositiveRate: 0.01, value: 0.02, lower: 0, upper: 0.09 },
          { falsePositiveRate: 0.1, value: 0.12, lower: 0.05, upper: 0.23 },
        ],
        patientRisks: Array.from({ length: 57 }, (_, k) => {
          const correct = 0.66 - 0.32 * (k / 56);
          return { rank: k + 1, correct, lower: correct - 0.12, upper: correct + 0.12 };
        }),
        worstPatient: { correct: 0.66, lower: 0.42, upper: 0.76 },
      },
    },
    worstPatient: { verdict: "passes", reading: "for nobody more than 76 %, and the bound is 80 %" },
    limits: { significance: 0.02, worstPatient: 0.8 },
    statements: ["with 28 held-out patients every figure here is uncertain: read its interval"],
    ...changes,
  };
}
