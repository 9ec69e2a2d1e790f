import type { DataCardInput } from "../cards/data-card/render-data-card.ts";
import type { ModelCardInput } from "../cards/model-card/model-card-input.ts";
import { drawEvaluation } from "./example-evaluation.ts";
import { examplePrivacy } from "./example-privacy.ts";
import { exampleRun } from "./example-run.ts";

const digest = "ab".repeat(32);

/** Facts of a run on people; all made up. */
export const exampleDataCard: DataCardInput = {
  sourceKind: "cBioPortal study",
  createdAt: exampleRun.createdAt,
  osteonVersion: exampleRun.osteonVersion,
  cohortDigest: digest,
  cohort: {
    simulated: false,
    patients: 85,
    deaths: 29,
    censored: 56,
    survivalUnknown: 0,
    metastatic: 21,
    notMetastatic: 61,
    metastasisUnknown: 3,
    ageKnown: 85,
    sequenced: 84,
    withCopyNumber: 70,
    withExpression: 85,
    complete: 81,
    mutationGenes: 10,
    copyNumberGenes: 120,
    expressionGenes: 476,
    expressionUnit: "log2(TPM+1)",
  },
  quality: {
    passed: true,
    strictPrivacy: false,
    simulated: false,
    patients: 85,
    usablePatients: 81,
    countedParts: ["survival", "age", "metastasis"],
    deathsAmongUsable: 29,
    medianFollowUpDays: 1844,
    variables: [
      {
        name: "age",
        unit: "years",
        known: 83,
        missing: 2,
        missingFraction: 2 / 85,
        allowed: "0 to 90",
        outOfRange: 0,
        range: { low: 5, high: 28 },
      },
    ],
    tables: [
      {
        name: "expression",
        unit: "log2(TPM+1)",
        genes: 476,
        patientsMeasured: 85,
        missingFraction: 0.004,
        sparseGenes: 2,
        unmeasuredGenes: 0,
        constantGenes: 0,
        allowed: "0 or more",
        outOfRange: 0,
      },
    ],
    samples: {
      identical: 0,
      nearIdenticalPairs: 0,
      similarPairs: 0,
      librarySizeOutliers: null,
      expressionOutliers: 1,
    },
    batches: null,
    findings: [{ level: "warning", code: "day-zero-survival", message: "1 patient has 0 days of survival" }],
  },
  deidentification: {
    format: "osteon-deidentification-record/1",
    release: "cohort-1",
    patients: 85,
    taken: [
      { table: "clinical-patient", column: "PATIENT_ID", role: "direct-identifier" },
      { table: "clinical-patient", column: "AGE", role: "quasi-identifier" },
      { table: "mutations", column: "Hugo_Symbol", role: "genomic" },
    ],
    dropped: [{ table: "clinical-patient", column: "ZIP", reason: "not in the contract" }],
    changed: [{ column: "AGE", treatment: "ages of 90 and more become 90", count: 2 }],
    refused: [{ table: "expression", reason: "not a primary tumour", count: 12 }],
    quasiIdentifierCells: [
      {
        variables: ["AGE as kept", "SEX", "METASTATIC_AT_DIAGNOSIS"],
        cells: 71,
        smallestCell: null,
        patientsInSmallCells: 80,
      },
      { variables: ["SEX", "METASTATIC_AT_DIAGNOSIS"], cells: 4, smallestCell: 9, patientsInSmallCells: 0 },
    ],
    findings: [
      {
        table: "clinical-patient",
        column: "ZIP",
        taken: false,
        class: "geographic subdivision",
        evidence: "header",
        count: 0,
      },
    ],
    sources: [{ table: "clinical-patient", bytes: 1000, sha256: digest }],
    notes: ["survival was read in months and is kept in days"],
    cohortSha256: digest,
  },
};

const evaluation = drawEvaluation(1);

export const exampleModelCard: ModelCardInput = {
  manifest: {
    family: "factor-copula",
    modelVersion: "0123456789abcdef",
    createdAt: exampleRun.createdAt,
    osteonVersion: exampleRun.osteonVersion,
    seed: 7,
    options: { rank: 6, anchors: ["hallmark"] },
    training: {
      patients: 81,
      events: 29,
      genes: 476,
      mutationGenes: 10,
      copyNumberGenes: 120,
      expressionUnit: "log2(TPM+1)",
      simulated: false,
      cohortDigest: digest,
    },
  },
  evaluation: { ...evaluation, design: { ...evaluation.design, simulatedPatients: false } },
  privacy: examplePrivacy(),
  quality: exampleDataCard.quality,
  deidentification: exampleDataCard.deidentification,
  sourceKind: exampleDataCard.sourceKind,
  pretrainingPatients: null,
  architecture: {
    chosen: "factor-copula",
    splits: 3,
    reason: "factor-copula is simpler than diffusion and within one standard error of its score",
    families: [
      { family: "factor-copula", mean: 0.86, splitsWithCopies: 0, membershipAuc: 0.52 },
      { family: "cvae", mean: null, splitsWithCopies: 2, membershipAuc: 0.71 },
    ],
  },
  inference: exampleRun.inference,
  publisher: null,
};
