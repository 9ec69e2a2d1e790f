import { RandomStream, streamId } from "@osteon/numerics";
import type { EvaluationReport } from "@osteon/evaluation";
import type { EvaluationFigures, FamilyEvaluation, MetricEvaluation } from "../evaluation-parts.ts";

/** An evaluation of no patients: figures of the shape and size that 85 patients give, drawn from a seed. */
export function drawEvaluation(seed: number, changes: Partial<EvaluationReport> = {}): EvaluationReport {
  const random = new RandomStream(seed, streamId("report/example"));
  return {
    formatVersion: 4,
    seed,
    design: {
      splits: 20,
      patients: 85,
      deaths: 29,
      trainPatients: 57,
      holdOutPatients: 28,
      candidatePatients: 14,
      genes: { mutations: 10, copyNumber: 120, expression: 476 },
      geneSets: { given: 50, measured: 36 },
      simulatedPatients: true,
    },
    families: ["factor-copula", "cvae", "diffusion"].map((family) => drawFamily(family, random)),
    gate: {
      passed: true,
      checks: [
        {
          name: "calibrated_score",
          passed: true,
          statement: "the calibrated biological score must reach 0.85 and is 0.91 (0.84 to 0.98)",
        },
        {
          name: "links",
          passed: true,
          statement: "as in real patients, known signatures of the tumour go with the clinical course",
        },
        { name: "memorisation", passed: true, statement: "no metric beats fresh real patients as a photocopy does" },
        {
          name: "privacy",
          passed: true,
          statement: "no attack succeeds beyond chance, and nobody is at more risk than 80 %",
        },
      ],
    },
    limits: ["co-occurrence of mutations: only three pairs of genes are mutated in five patients or more"],
    ...changes,
  };
}

function drawFamily(family: string, random: RandomStream): FamilyEvaluation {
  const calibrated = 0.8 + 0.15 * random.nextUniform();
  return {
    family,
    metrics: metricNames.map((metric) => drawMetric(metric, random)),
    biologicalScore: {
      calibrated,
      standardError: 0.04,
      lower: calibrated - 0.08,
      upper: calibrated + 0.08,
      lost: [],
      metrics: ["pathway_coherence_correlation", "gene_correlation_agreement"],
      seedRaw: 0.83,
      seedFreshReal: 0.74,
      seedPhotocopy: 0.97,
      seedFloor: 0.55,
      meaning:
        "The seed's gate on its raw score is 0.85, which fresh real patients do not pass here (they get 0.74; a photocopy of the training patients gets 0.97)",
    },
    memorisation: {
      membershipAuc: { synthetic: 0.52, photocopy: 0.97, floor: 0.5, nullRange: [0.38, 0.62] },
      copies: {
        synthetic: { candidates: 1000, exact: 0, near: 0 },
        photocopy: { candidates: 1000, exact: 1000, near: 1000 },
        floor: { candidates: 1000, exact: 0, near: 0 },
      },
    },
    memorisationFlags:
      family === "cvae" ? ["gene_wasserstein is better than fresh real patients reach, as a photocopy's is"] : [],
    links: [
      {
        name: "clinical_tumour_link",
        title: "known signatures of the tumour go with the clinical course",
        real: { strength: 0.17, pValue: 0.004 },
        synthetic: { strength: 0.09, pValue: 0.002 },
        verdict: "kept",
      },
      {
        name: "mutation_tumour_link",
        title: "driver mutations have their known effects on expression",
        real: null,
        synthetic: null,
        verdict: "not informative",
      },
    ],
    figures: drawFigures(random),
  };
}

const metricNames = [
  ["mutation_frequency_correlation", "Mutation frequencies agree", "biology", "correlation", "higher"],
  [
    "cooccurrence_pattern_correlation",
    "Genes are mutated together as in real patients",
    "biology",
    "correlation",
    "higher",
  ],
  ["copy_number_frequency_correlation", "Copy-number frequencies agree", "biology", "correlation", "higher"],
  ["pathway_coherence_correlation", "Genes of a pathway move together", "biology", "correlation", "higher"],
  ["gene_correlation_agreement", "Genes correlate as in real patients", "biology", "correlation", "higher"],
  ["gene_wasserstein", "Distance of each gene's distribution", "distribution", "SD", "lower"],
  ["classifier_two_sample_auc", "A classifier cannot tell the files apart", "distribution", "AUC", 0.5],
  ["kaplan_meier_area", "Area between survival curves", "survival", "share", "lower"],
  ["overall_biological_score", "The seed's overall biological score", "seed", "score", "higher"],
] as const;

function drawMetric(
  [name, title, group, unit, better]: (typeof metricNames)[number],
  random: RandomStream,
): MetricEvaluation {
  const estimate = (value: number) => ({ value, standardError: 0.02 + 0.02 * random.nextUniform() });
  const informative = name !== "cooccurrence_pattern_correlation";
  const [floor, ceiling] = better === "higher" ? [0.1, 0.8] : better === "lower" ? [0.5, 0.2] : [0.8, 0.55];
  const share = 0.6 + 0.5 * random.nextUniform();
  return {
    name,
    title,
    group,
    unit,
    better,
    synthetic: informative
      ? estimate(floor + share * (ceiling - floor))
      : { value: null, standardError: null, reason: "fewer than 3 gene pairs" },
    freshReal: estimate(ceiling),
    photocopy: estimate(floor + (1 + 0.25 * random.nextUniform()) * (ceiling - floor)),
    floor: estimate(floor),
    calibrated: informative
      ? { informative, value: share, lower: share - 0.2, upper: share + 0.2 }
      : {
          informative,
          value: null,
          lower: null,
          upper: null,
          reason: "fresh real patients and the floor cannot be told apart at this number of patients",
        },
    reading: informative ? (share >= 0.85 ? "as good as real" : "mostly like real") : "not informative",
  };
}

function drawFigures(random: RandomStream): EvaluationFigures {
  return {
    survival: [
      { stratum: "all", real: drawCurve(85, 29, 0.14, random), synthetic: drawCurve(500, 170, 0.13, random) },
      { stratum: "metastatic", real: drawCurve(21, 13, 0.4, random), synthetic: drawCurve(125, 75, 0.36, random) },
      { stratum: "localised", real: drawCurve(64, 16, 0.08, random), synthetic: drawCurve(375, 95, 0.085, random) },
    ],
    alterations: genes.flatMap(([gene, alteration, share]) => {
      const real = share * (0.8 + 0.4 * random.nextUniform());
      const half = 1.96 * Math.sqrt((real * (1 - real)) / 85);
      const synthetic = Math.max(0, real + half * 0.7 * random.nextNormal());
      return real < 5 / 85
        ? { gene, alteration, real: null, realLower: null, realUpper: null, synthetic }
        : {
            gene,
            alteration,
            real,
            realLower: Math.max(0, real - half),
            realUpper: Math.min(1, real + half),
            synthetic,
          };
    }),
    oncoprint: {
      rows: [
        { gene: "MYC", alteration: "gained" },
        { gene: "RB1", alteration: "lost" },
        { gene: "TP53", alteration: "mutated" },
      ],
      groups: [
        { states: [true, true, null], real: 0.2, synthetic: 0.18 },
        { states: [true, false, true], real: 0.1, synthetic: 0.12 },
        { states: [true, false, false], real: 0.2, synthetic: 0.21 },
        { states: [false, null, true], real: 0.1, synthetic: 0.02 },
        { states: [false, null, false], real: 0.4, synthetic: 0.47 },
      ],
    },
    pathwayCorrelations: drawCorrelations(36, random),
    projection: {
      bins: 32,
      range: { x: [-12, 14], y: [-9, 9] },
      explained: [0.21, 0.09],
      real: drawDensity(32, [0.42, 0.5], [0.68, 0.42]),
      synthetic: drawDensity(32, [0.45, 0.52], [0.66, 0.45]),
    },
    hazardRatios: [
      {
        covariate: "metastasis",
        real: { value: 4.7, lower: 2.2, upper: 10.1 },
        synthetic: { value: 4.1, lower: 3, upper: 5.6 },
      },
      {
        covariate: "age, by 10 years",
        real: { value: 1.2, lower: 0.7, upper: 2 },
        synthetic: null,
        reason: "the model gives no ages beyond 40",
      },
    ],
  };
}

const genes = [
  ["TP53", "mutated", 0.19],
  ["RB1", "mutated", 0.09],
  ["ATRX", "mutated", 0.07],
  ["MUC16", "mutated", 0.03],
  ["MYC", "gained", 0.49],
  ["RUNX2", "gained", 0.32],
  ["VEGFA", "gained", 0.25],
  ["CCND3", "gained", 0.25],
  ["CCNE1", "gained", 0.21],
  ["DLG2", "lost", 0.24],
  ["RB1", "lost", 0.23],
  ["PTEN", "lost", 0.15],
  ["CDKN2A", "lost", 0.14],
] as const;

function drawCurve(patients: number, deaths: number, hazardPerYear: number, random: RandomStream) {
  const timesDays = Array.from({ length: 41 }, (_, k) => k * 90);
  let level = 0;
  const survival = timesDays.map((days, k) => {
    if (k > 0) level += (hazardPerYear * 90 * 2 * random.nextUniform()) / 365.25 / (1 + days / 2000);
    return Math.exp(-level);
  });
  const half = (value: number) => 1.96 * Math.sqrt((value * (1 - value)) / patients);
  return {
    patients,
    deaths,
    timesDays,
    survival,
    lower: survival.map((value) => Math.max(0, value - half(value))),
    upper: survival.map((value) => Math.min(1, value + half(value))),
  };
}

function drawCorrelations(count: number, random: RandomStream) {
  const names = Array.from({ length: count }, (_, k) => `GENE_SET_${k + 1}`);
  const loadings = names.map((_, k) =>
    [Math.cos((k % 4) * 1.6), Math.sin((k % 4) * 1.6)].map((x) => x * 0.85 + 0.2 * random.nextNormal()),
  );
  const correlate = (noise: number) => {
    const values = Array.from({ length: count * count }, () => 1);
    for (let i = 0; i < count; i++) {
      for (let j = 0; j < i; j++) {
        const raw =
          loadings[i]![0]! * loadings[j]![0]! + loadings[i]![1]! * loadings[j]![1]! + noise * random.nextNormal();
        values[i * count + j] = values[j * count + i] = Math.max(-0.98, Math.min(0.98, raw));
      }
    }
    return values;
  };
  return { names, real: correlate(0.1), synthetic: correlate(0.16) };
}

function drawDensity(bins: number, ...centres: readonly (readonly [number, number])[]): number[] {
  const density = Array.from({ length: bins * bins }, (_, k) => {
    const [x, y] = [((k % bins) + 0.5) / bins, (Math.floor(k / bins) + 0.5) / bins];
    return centres.reduce(
      (sum, [cx, cy], c) => sum + Math.exp(-((x - cx) ** 2 + (y - cy) ** 2 / (1 + c)) / 0.012) / (1 + c),
      0,
    );
  });
  const total = density.reduce((sum, value) => sum + value, 0);
  return density.map((value) => value / total);
}
