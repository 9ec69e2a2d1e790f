import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { examplePrivacy } from "../testing/example-privacy.ts";
import { exampleDataCard, exampleModelCard } from "../testing/example-cards.ts";
import { escapeMarkdown } from "./card.ts";
import { renderDataCard, type DataCardInput } from "./data-card/render-data-card.ts";
import type { ModelCardInput } from "./model-card/model-card-input.ts";
import type { MetricResult } from "./model-card/metric-results.ts";
import { renderModelCard } from "./model-card/render-model-card.ts";
import { formatCell, formatPartition, hideLeadingCount } from "../suppress-cells.ts";

const slips = /\b(NaN|null|undefined|Infinity)\b|\[object/;

/** The text of a card with the escapes of Markdown taken off. */
const read = (markdown: string) => markdown.replaceAll(/\\(.)/g, "$1");
const modelText = (changes: Partial<ModelCardInput> = {}) =>
  read(renderModelCard({ ...exampleModelCard, ...changes }).markdown);
const dataText = (changes: Partial<DataCardInput> = {}) =>
  read(renderDataCard({ ...exampleDataCard, ...changes }).markdown);

describe("the model card", () => {
  it("has the headings of Mitchell et al. 2019, in their order", () => {
    expect(renderModelCard(exampleModelCard).json.sections.map(({ title }) => title)).toEqual([
      "Model details",
      "Intended use",
      "Factors",
      "Metrics",
      "Evaluation data",
      "Training data",
      "Quantitative analyses",
      "Ethical considerations",
      "Caveats and recommendations",
    ]);
  });

  it("has the required fields of the Applied Model Card's schema 0.2, none empty", () => {
    const card = renderModelCard(exampleModelCard).json.appliedModelCard;
    const metric = [
      "MetricGoal",
      "Results",
      "Interpretation",
      "TestType",
      "TestingDataDescription",
      "ValidationProcessAndJustification",
    ];
    const required: Record<string, string[]> = {
      BasicInfo: ["ModelName", "ModelDeveloper", "DeveloperContact"],
      ReleaseInfo: ["ReleaseStage", "ReleaseDate", "ReleaseVersion", "GlobalAvailability"],
      ModelSummary: ["Summary", "Keywords"],
      UsesAndDirections: [
        "IntendedUseAndWorkflow",
        "PrimaryIntendedUsers",
        "HowToUse",
        "TargetedPatientPopulation",
        "CautionedOutOfScopeSettings",
      ],
      Warnings: ["KnownRisksAndLimitations", "KnownBiasesOrEthicalConsiderations", "ClinicalRiskLevel"],
      "TrustIngredients.AISystemFacts": [
        "OutcomesAndOutputs",
        "ModelType",
        "InputDataSource",
        "OutputAndInputDataTypes",
        "DevelopmentDataCharacterization",
        "BiasMitigationApproaches",
        "OngoingMaintenance",
      ],
      "TrustIngredients.TransparencyInformation": ["FundingSource", "StakeholdersConsulted"],
      "KeyMetrics.UsefulnessUsabilityEfficacy": metric,
      "KeyMetrics.FairnessEquity": metric,
      "KeyMetrics.SafetyReliability": metric,
      Resources: ["PeerReviewedPublications", "PatientConsentOrDisclosure"],
    };
    for (const [group, fields] of Object.entries(required)) {
      expect(Object.keys(card[group] ?? {}), group).toEqual(expect.arrayContaining(fields));
    }
    expect(
      Object.values(card)
        .flatMap((fields) => (typeof fields === "string" ? [fields] : Object.values(fields)))
        .filter((content) => (typeof content === "string" ? content.trim() : content).length === 0),
    ).toEqual([]);
  });

  it("gives results as JSON that a program can read, of this evaluation", () => {
    const card = renderModelCard(exampleModelCard).json.appliedModelCard;
    const resultsOf = (group: string) =>
      (card[group] as { readonly Results: readonly MetricResult[] }).Results.map(
        ({ Label, ValueJson }) => [Label, JSON.parse(ValueJson)] as const,
      );
    const { calibrated } = exampleModelCard.evaluation.families[0]!.biologicalScore;
    expect(resultsOf("KeyMetrics.UsefulnessUsabilityEfficacy")[0]![1]).toMatchObject({
      value: Number(calibrated!.toFixed(4)),
    });
    expect(resultsOf("KeyMetrics.FairnessEquity").map(([label]) => label)).toEqual([
      "Survival: all patients",
      "Survival: metastatic at diagnosis",
      "Survival: localised at diagnosis",
    ]);
    expect(new Map(resultsOf("KeyMetrics.SafetyReliability")).get("Likelihood ratio with shadow models")).toEqual({
      auc: { value: 0.51, lower: 0.48, upper: 0.54 },
      chance: [0.46, 0.54],
    });
    expect(card["Bibliography"]).toContain("Mitchell");
  });

  it("says the same twice, in words as in JSON", () => {
    const { markdown, json } = renderModelCard(exampleModelCard);
    expect(renderModelCard(structuredClone(exampleModelCard))).toEqual({ markdown, json });
    expect(JSON.parse(JSON.stringify(json))).toEqual(json);
    const text = read(markdown);
    const statements = json.sections.flatMap(({ statements: of }) => of);
    expect(statements.filter((statement) => !text.includes(statement.replaceAll(/\s+/g, " ")))).toEqual([]);
    expect(markdown).not.toMatch(slips);
  });

  const { manifest, evaluation, quality, inference } = exampleModelCard;
  const [released, ...others] = evaluation.families;
  const withReleased = (changes: Partial<typeof released>): ModelCardInput["evaluation"] => ({
    ...evaluation,
    families: [{ ...released!, ...changes }, ...others],
  });
  it.each<readonly [string, Partial<ModelCardInput>, string, string]>([
    [
      "training patients",
      { manifest: { ...manifest, training: { ...manifest.training, patients: 54 } } },
      "54 patients from",
      "81 patients from",
    ],
    [
      "deaths",
      { manifest: { ...manifest, training: { ...manifest.training, events: 3 } } },
      "fewer than 5 died",
      "29 died",
    ],
    [
      "simulation",
      { manifest: { ...manifest, training: { ...manifest.training, simulated: true } } },
      "no person stands behind them",
      "are people",
    ],
    ["options", { manifest: { ...manifest, options: { rank: 9 } } }, "| rank | 9 |", "| rank | 6 |"],
    ["source", { sourceKind: "folder of CSV files" }, "folder of CSV files", "cBioPortal study"],
    [
      "score",
      { evaluation: withReleased({ biologicalScore: { ...released!.biologicalScore, calibrated: 0.41 } }) },
      "score is 0.41",
      "score is 0.9",
    ],
    [
      "memory",
      { evaluation: withReleased({ memorisationFlags: ["it remembers"] }) },
      "It remembers.",
      "No score points to memory",
    ],
    [
      "gate",
      { evaluation: { ...evaluation, gate: { ...evaluation.gate, passed: false } } },
      "Not for release",
      "This model passes the release gate",
    ],
    [
      "splits",
      { evaluation: { ...evaluation, design: { ...evaluation.design, splits: 33 } } },
      "33 repeated splits",
      "20 repeated splits",
    ],
    [
      "limits",
      { evaluation: { ...evaluation, limits: ["no age is known"] } },
      "No age is known.",
      "Co-occurrence of mutations",
    ],
    [
      "many patients",
      { evaluation: { ...evaluation, design: { ...evaluation.design, patients: 4000 } } },
      "Model card",
      "stand behind every figure",
    ],
    ["privacy left out", { privacy: null }, "Privacy was not assessed in this run", "Density ratio"],
    [
      "privacy failed",
      { privacy: examplePrivacy({ gate: { verdict: "fails", reasons: ["linkability: 40 % against 5 %"] } }) },
      "The privacy gate: fails.",
      "The privacy gate: passes.",
    ],
    ["quality", { quality: { ...quality, passed: false } }, "found errors", "found no error"],
    [
      "strict privacy",
      { quality: { ...quality, strictPrivacy: true } },
      "a model that repeats a patient is not sealed",
      "nothing of the kind",
    ],
    ["pre-training", { pretrainingPatients: 308 }, "308 patients of another cohort", "No other cohort"],
    ["architecture left out", { architecture: null }, "was set in the configuration", "within one standard error"],
    [
      "worth",
      {
        inference: { ...inference, effectiveSampleSize: { ...inference.effectiveSampleSize!, effectivePatients: 44 } },
      },
      "10,000 synthetic patients are worth about 43 real ones",
      "worth about 61",
    ],
    ["no worth", { inference: { ...inference, effectiveSampleSize: null } }, "worth at most 80 real", "worth about"],
    ["no floor", { inference: { ...inference, smallestCell: 1 } }, "No profile is refused", "fewer than 5 training"],
    [
      "no conditions",
      { inference: { ...inference, smallestCell: null } },
      "without conditions alone",
      "fewer than 5 training",
    ],
    [
      "publisher",
      {
        publisher: {
          developer: "A hospital",
          contact: "its office",
          fundingSource: "a charity",
          stakeholdersConsulted: "parents",
          patientConsent: "broad consent",
          licence: "by agreement",
        },
      },
      "A hospital",
      "**ModelDeveloper**: Not stated",
    ],
  ])("follows its facts: %s", (_, changes, says, saysNot) => {
    const text = modelText(changes);
    expect(text).toContain(says);
    expect(text).not.toContain(saysNot);
    expect(text).not.toMatch(slips);
    expect(modelText()).not.toBe(text);
  });

  it("refuses the scores of another family", () => {
    const other = { ...exampleModelCard, manifest: { ...manifest, family: "cvae" } };
    expect(() => renderModelCard(other)).toThrow(expect.objectContaining({ code: "report.input" }));
  });
});

describe("the data card", () => {
  it("counts columns by table, and names none that was dropped", () => {
    const text = dataText();
    expect(text).toContain("| clinical-patient | 2 | 1 |");
    expect(text).toContain("| mutations | 1 | 0 |");
    expect(text).not.toContain("ZIP");
    expect(text).toContain("Identifiers were found in 1 dropped column and went with it: geographic subdivision.");
  });

  it("prints no small cell and nothing that gives one away", () => {
    const text = dataText();
    expect(text).toContain("| metastasis unknown | fewer than 5 |");
    expect(text).toContain("| metastatic at diagnosis | not shown |");
    expect(text).toContain("| localised at diagnosis | 61 |");
    expect(text).toContain("| age | years | 0 to 90 | fewer than 5 | 0 |");
    expect(text).toContain("| AGE | ages of 90 and more become 90 | fewer than 5 |");
    // One patient is not sequenced: 84 of 85 would say so.
    expect(text).toContain("| sequenced | not shown |");
    expect(text).toContain("| with copy number | 70 |");
    expect(text).not.toContain("1 patient has 0 days");
    expect(text).toContain("Of 85 patients, fewer than 5 lack something");
    expect(text).toContain("| warning | patients with 0 days of survival or follow-up |");
  });

  const { cohort, quality, deidentification } = exampleDataCard;
  it.each<readonly [string, Partial<DataCardInput>, string, string]>([
    ["source", { sourceKind: "OMOP database" }, "OMOP database", "cBioPortal study"],
    ["simulation", { cohort: { ...cohort, simulated: true } }, "The patients are simulated", "The patients are people"],
    [
      "deaths",
      { cohort: { ...cohort, deaths: 30, censored: 55 } },
      "| died in follow-up | 30 |",
      "| died in follow-up | 29 |",
    ],
    ["follow-up", { quality: { ...quality, medianFollowUpDays: null } }, "cannot be estimated", "1844 days"],
    ["findings", { quality: { ...quality, findings: [] } }, "Data card", "day zero survival"],
    ["differential privacy", { outsideGuarantee: true }, "exact figures of the patients", "outsideGuarantee"],
    [
      "release",
      { deidentification: { ...deidentification, release: "cohort-2" } },
      "Release cohort-2",
      "Release cohort-1",
    ],
    [
      "identifiers",
      { deidentification: { ...deidentification, findings: [] } },
      "No identifier was found",
      "geographic",
    ],
  ])("follows its facts: %s", (_, changes, says, saysNot) => {
    const text = dataText(changes);
    expect(text).toContain(says);
    expect(text).not.toContain(saysNot);
    expect(text).not.toMatch(slips);
  });

  it("is the same twice", () => {
    expect(renderDataCard(structuredClone(exampleDataCard))).toEqual(renderDataCard(exampleDataCard));
  });
});

it("suppresses small cells, and one more where subtraction would tell", () => {
  expect([0, 1, 4, 5, 85].map(formatCell)).toEqual(["0", "fewer than 5", "fewer than 5", "5", "85"]);
  expect(formatPartition([21, 61, 3])).toEqual(["not shown", "61", "fewer than 5"]);
  expect(formatPartition([2, 60, 3])).toEqual(["fewer than 5", "60", "fewer than 5"]);
  expect(formatPartition([20, 60, 0])).toEqual(["20", "60", "0"]);
  expect(formatPartition([3, 0])).toEqual(["fewer than 5", "0"]);
});

it("hides a small count that begins a note", () => {
  expect(hideLeadingCount("3 samples: disagree")).toBe("fewer than 5 samples: disagree");
  expect(hideLeadingCount("31 samples: disagree")).toBe("31 samples: disagree");
  expect(hideLeadingCount("Of 3 profiles, one was read")).toBe("Of 3 profiles, one was read");
});

it("lets no name become Markdown or markup", () => {
  expect(escapeMarkdown("TP53|RB1 <b>*x*_y_`z`</b> [a](b)\n# c")).toBe(
    String.raw`TP53\|RB1 &lt;b&gt;\*x\*\_y\_\`z\`&lt;/b&gt; \[a\](b) \# c`,
  );
  fc.assert(
    fc.property(fc.string(), (text) => !/[<>\n]|(?<!\\)[|*_`[\]]/.test(escapeMarkdown(text).replaceAll("\\\\", ""))),
  );
});
