import type { CopyCount } from "../privacy/count-copies.ts";
import type { EvaluationReport, FamilyEvaluation, MetricEvaluation } from "./evaluation-report.ts";

/** In two lines, so that the table fits a terminal of 100 columns with every metric's whole name. */
const headings = [
  ["", "syn-", "fresh", "photo-", "", "cali-", ""],
  ["metric", "thetic", "real", "copy", "floor", "brated", "reading"],
] as const;
const widestLine = 100;
const widestReading = 22;
const rule = "─".repeat(widestLine);

/** The report for a person, 100 columns wide: the verdict, then each family's scores. No line end at its end. */
export function formatEvaluationTable(report: EvaluationReport): string {
  return [...describeGate(report), "", ...report.families.flatMap((family) => [...formatFamily(family), ""])]
    .concat(describeDesign(report).flatMap(wrapLine))
    .join("\n");
}

function describeGate({ gate, families, limits }: EvaluationReport): readonly string[] {
  const verdict = gate.passed === null ? "CANNOT BE TOLD, which is no pass" : gate.passed ? "PASSED" : "NOT PASSED";
  const model = families[0] ? ` of ${families[0].family}` : "";
  return [
    `Release gate${model}: ${verdict}`,
    ...gate.checks.flatMap(({ passed, statement }) => wrapLine(`  ${mark(passed)} ${statement}`)),
    ...limits.flatMap((limit) => wrapLine(`  · ${limit}`)),
  ];
}

function formatFamily(family: FamilyEvaluation): readonly string[] {
  const body: (readonly string[] | string)[] = [];
  let group: MetricEvaluation["group"] | undefined;
  for (const metric of family.metrics) {
    if (metric.group !== group) body.push(metric.group === "seed" ? "the seed's score" : metric.group);
    group = metric.group;
    body.push([
      `  ${metric.name} ${arrow(metric.better)}`,
      ...[metric.synthetic, metric.freshReal, metric.photocopy, metric.floor].map(({ value }) => figure(value)),
      metric.calibrated.informative ? figure(metric.calibrated.value) : "–",
      metric.reading,
    ]);
  }
  body.push("memory", ...memoryRows(family));
  const widths = headings[0].map((_, column) =>
    Math.max(...[...headings, ...body].map((row) => (typeof row === "string" ? 0 : row[column]!.length))),
  );
  const lines = body.map((row) => (typeof row === "string" ? row : alignCells(row, widths)));
  const title = headings.map((cells) => alignCells(cells, widths));
  return [family.family, rule, ...title, rule, ...lines, rule, ...summarise(family).flatMap(wrapLine)];
}

function memoryRows({ memorisation: { membershipAuc, copies } }: FamilyEvaluation): readonly (readonly string[])[] {
  const [low, high] = membershipAuc.nullRange;
  const area = membershipAuc.synthetic;
  const counted = copies.synthetic;
  const readArea =
    area === null
      ? "no expression"
      : area > high
        ? `MEMORISED: > ${high.toFixed(2)}`
        : `chance: ${low.toFixed(2)}–${high.toFixed(2)}`;
  const readCopies =
    counted === null
      ? "no expression"
      : counted.near === 0
        ? `none of ${counted.candidates}`
        : `MEMORISED: ${counted.near}`;
  return [
    [
      "  membership_auc →0.5",
      figure(area),
      "0.50",
      figure(membershipAuc.photocopy),
      figure(membershipAuc.floor),
      "–",
      readArea,
    ],
    ["  near_copies ↓", copied(counted), "0", copied(copies.photocopy), copied(copies.floor), "–", readCopies],
  ];
}

function summarise({ biologicalScore: score, memorisationFlags }: FamilyEvaluation): readonly string[] {
  return [
    score.calibrated === null
      ? "Biological score, calibrated: no biological metric is informative at this number of patients."
      : `Biological score, calibrated: ${score.calibrated.toFixed(2)} (${figure(score.lower)} to ${figure(score.upper)}) over ` +
        `${score.metrics.length} informative ${score.metrics.length === 1 ? "metric" : "metrics"} (0 no biology, 1 as fresh real patients).`,
    `Seed's overall_biological_score: ${figure(score.seedRaw)}. ${score.meaning}`,
    ...memorisationFlags.map((flag) => `  ! ${flag}`),
  ];
}

function describeDesign({ design, seed }: EvaluationReport): readonly string[] {
  return [
    `${design.splits} splits of ${design.patients} patients (${design.deaths} died): ${design.trainPatients} to train, ` +
      `${design.holdOutPatients} held out; every file compared has ${design.candidatePatients} patients. Intervals of 95 %, ` +
      `corrected for the splits' overlap (Nadeau and Bengio 2003). Seed ${seed}.`,
  ];
}

/** Breaks a sentence between words; what follows is indented. */
function wrapLine(text: string): readonly string[] {
  const lines: string[] = [];
  let rest = text;
  while (rest.length > widestLine) {
    const space = rest.lastIndexOf(" ", widestLine);
    if (rest.slice(0, space).trim() === "") break;
    lines.push(rest.slice(0, space));
    rest = `    ${rest.slice(space + 1)}`;
  }
  return [...lines, rest];
}

function alignCells(cells: readonly string[], widths: readonly number[]): string {
  const last = cells.length - 1;
  // The name gives way: 100 columns hold every other cell whole.
  const nameWidth = Math.min(
    widths[0]!,
    widestLine - widths.slice(1, last).reduce((sum, width) => sum + width + 1, 0) - 1 - widestReading,
  );
  return cells
    .map((cell, column) => {
      if (column === 0) return cell.length > nameWidth ? `${cell.slice(0, nameWidth - 1)}…` : cell.padEnd(nameWidth);
      return column === last ? cell : cell.padStart(widths[column]!);
    })
    .join(" ")
    .trimEnd();
}

function mark(passed: boolean | null): string {
  return passed === null ? "?" : passed ? "✔" : "✘";
}

function arrow(better: MetricEvaluation["better"]): string {
  return better === "higher" ? "↑" : better === "lower" ? "↓" : `→${better}`;
}

function figure(value: number | null): string {
  if (value === null) return "none";
  // No sign on what rounds to nothing.
  return value.toFixed(Math.abs(value) < 0.095 && value !== 0 ? 3 : 2).replace(/^-(?=0\.0*$)/, "");
}

function copied(count: CopyCount | null): string {
  return count === null ? "none" : String(count.near);
}
