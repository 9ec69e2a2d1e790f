import { seedGate } from "./score-biology.ts";
import type { CopyCount } from "../privacy/count-copies.ts";
import type { MetricReport, ValidationReport } from "./validation-report.ts";

/** In two lines, so that the table fits a terminal of 100 columns with every metric's whole name. */
const headings = [
  ["", "syn-", "fresh", "photo-", "", "cali-", ""],
  ["metric", "thetic", "real", "copy", "floor", "brated", "reading"],
] as const;
const widestLine = 100;
const groupTitles = {
  biology: "biology",
  distribution: "distribution",
  survival: "survival",
  condition: "condition fidelity",
  seed: "the seed's score",
} as const;

/** The report as a table for a terminal, and a few lines that say what it comes to. No line end at its end. */
export function formatValidationTable(report: ValidationReport): string {
  const body: (readonly string[] | string)[] = [];
  let group: MetricReport["group"] | undefined;
  for (const metric of report.metrics) {
    if (metric.group !== group) body.push(groupTitles[metric.group]);
    group = metric.group;
    body.push([
      `  ${metric.name} ${arrow(metric.better)}`,
      figure(metric.synthetic.value),
      figure(metric.freshReal.value),
      figure(metric.photocopy.value),
      figure(metric.floor.value),
      metric.calibrated.informative ? figure(metric.calibrated.value) : "–",
      metric.reading,
    ]);
  }
  body.push("privacy", ...memorisationRows(report));
  const widths = headings[0].map((_, column) =>
    Math.max(...[...headings, ...body].map((row) => (typeof row === "string" ? 0 : row[column]!.length))),
  );
  const lines = body.map((row) => (typeof row === "string" ? row : alignCells(row, widths)));
  const rule = "─".repeat(widths.reduce((sum, width) => sum + width + 2, -2));
  const title = headings.map((cells) => alignCells(cells, widths));
  return [...title, rule, ...lines, rule, ...summarise(report).flatMap(wrapLine)].join("\n");
}

function memorisationRows({ memorisation }: ValidationReport): readonly (readonly string[])[] {
  const { membershipAuc, copies } = memorisation;
  const [low, high] = membershipAuc.nullRange;
  const auc = membershipAuc.synthetic;
  return [
    [
      "  membership_auc →0.5",
      figure(auc),
      "0.50",
      figure(membershipAuc.photocopy),
      figure(membershipAuc.floor),
      "–",
      auc === null
        ? "no expression"
        : auc > high
          ? `MEMORISED: > ${high.toFixed(2)}`
          : `chance: ${low.toFixed(2)}–${high.toFixed(2)}`,
    ],
    [
      "  near_copies ↓",
      copied(copies.synthetic),
      "0",
      copied(copies.photocopy),
      copied(copies.floor),
      "–",
      copies.synthetic === null ? "no expression" : readCopies(copies.synthetic),
    ],
  ];
}

function readCopies({ near, candidates }: CopyCount): string {
  return near === 0 ? `none of ${candidates}` : `MEMORISED: ${near}/${candidates}`;
}

function summarise(report: ValidationReport): readonly string[] {
  const { biologicalScore: score, memorisation, patients, discrepancyTest } = report;
  const spread = score.standardError === null ? "" : ` ± ${score.standardError.toFixed(2)}`;
  const lines = [
    score.calibrated === null
      ? "Biological score, calibrated: no biological metric is informative at this number of patients."
      : `Biological score, calibrated: ${score.calibrated.toFixed(2)}${spread} over ${score.metrics.length} informative metrics ` +
        `(0 no biology, 1 as fresh real patients; aim ${seedGate}).`,
    `Seed's overall_biological_score of the whole file: ${figure(score.seedRaw)}.`,
    score.meaning,
  ];
  if (discrepancyTest !== null) {
    lines.push(
      `Joint expression against held-out patients: MMD² ${discrepancyTest.discrepancy.toFixed(3)}, ` +
        `permutation p = ${discrepancyTest.pValue.toFixed(3)}.`,
    );
  }
  if (memorisation.flags.length === 0) lines.push("Memorisation: no sign of it.");
  else lines.push("Memorisation:", ...memorisation.flags.map((flag) => `  ! ${flag}`));
  lines.push(
    `${report.repeats} repeats of ${patients.candidatePerRepeat} patients against ${patients.referencePerRepeat} held-out ones ` +
      `(training ${patients.train}, held out ${patients.holdOut}, synthetic ${patients.synthetic}).`,
  );
  return lines;
}

/** Breaks a sentence between words; what follows is indented. */
function wrapLine(text: string): readonly string[] {
  const lines: string[] = [];
  let rest = text;
  while (rest.length > widestLine) {
    const space = rest.lastIndexOf(" ", widestLine);
    lines.push(rest.slice(0, space));
    rest = `    ${rest.slice(space + 1)}`;
  }
  return [...lines, rest];
}

function alignCells(cells: readonly string[], widths: readonly number[]): string {
  return cells
    .map((cell, column) => {
      const width = widths[column]!;
      return column === 0 || column === cells.length - 1 ? cell.padEnd(width) : cell.padStart(width);
    })
    .join("  ")
    .trimEnd();
}

function arrow(better: MetricReport["better"]): string {
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
