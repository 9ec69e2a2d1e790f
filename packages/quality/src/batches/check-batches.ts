import type { Cohort } from "@osteon/cohort";
import type { Profiles } from "../profiles.ts";
import type { Finding } from "../quality-report.ts";
import type { BatchConfounding, BatchReport, ExpressionBatchEffect } from "./batch-report.ts";
import { listClinicalColumns } from "./clinical-columns.ts";
import { measureConfounding } from "./measure-confounding.ts";
import { measureExpression } from "./measure-expression.ts";
import { permutations } from "./relabelling.ts";

/** A batch of fewer has no spread of its own to compare with. */
const smallestBatch = 3;
const level = 0.05;

/**
 * Are patients measured in different batches, or at different sites, different beyond what their disease makes
 * them? And are the batches the same thing as the disease, so that nobody can tell?
 */
export function checkBatches(
  cohort: Cohort,
  profiles: Profiles,
): { readonly batches: BatchReport | null; readonly findings: readonly Finding[] } {
  const { batch } = cohort;
  if (batch === undefined || batch.every((code) => code < 0)) {
    const message = "batches: the source names no batch or site (column BATCH), so effects of them were not looked for";
    return { batches: null, findings: [{ level: "info", code: "not-checked", message }] };
  }
  const sizes = new Map<number, number>();
  for (const code of batch) if (code >= 0) sizes.set(code, (sizes.get(code) ?? 0) + 1);
  const told = [...sizes].sort(([a], [b]) => a - b);
  const small = told.filter(([, patients]) => patients < smallestBatch);
  const comparable = batch.map((code) => (code >= 0 && sizes.get(code)! >= smallestBatch ? code : -1));
  const columns = listClinicalColumns(cohort);
  const isComparable = told.length - small.length >= 2;
  const expression = isComparable ? measureExpression(profiles, comparable, columns) : null;
  const confounding = isComparable ? measureConfounding(columns, comparable) : [];
  const judgement = judge(expression, confounding);
  const batches: BatchReport = {
    batches: told.map(([code, patients]) => ({ batch: code, patients })),
    unknown: batch.filter((code) => code < 0).length,
    tooSmall: small.length,
    permutations,
    expression,
    confounding,
    advice: judgement.advice,
  };
  const findings = [...judgement.findings];
  if (small.length > 0) {
    const patients = small.reduce((sum, [, size]) => sum + size, 0);
    findings.push({
      level: "warning",
      code: "tiny-batches",
      message:
        `batches: ${small.length} of ${told.length} hold one or two of the patients checked here (${patients} in all), ` +
        "so nothing tells whether these were measured differently. Measure them again with others, or leave them out",
    });
  }
  return { batches, findings };
}

type Judgement = Pick<BatchReport, "advice"> & { readonly findings: readonly Finding[] };

function judge(effect: ExpressionBatchEffect | null, confounding: readonly BatchConfounding[]): Judgement {
  if (effect === null) {
    const advice = "There are not two batches with enough patients of known expression: nothing could be compared.";
    const message = "batches: too few, or of too few patients with expression, so their expression was not compared";
    return { advice, findings: [...judgeConfounding(confounding), { level: "info", code: "not-checked", message }] };
  }
  const confounded = confounding.filter(({ adjustedPValue }) => adjustedPValue <= level);
  const beyond = effect.beyondClinical;
  if (beyond === null) {
    return {
      advice:
        "Do not correct for batch and do not trust a difference between the groups: measure patients of each group in each batch.",
      findings: [
        {
          level: "warning",
          code: "batch-inseparable",
          message:
            `batches: which batch a patient is of follows from the clinical variables (${effect.adjustedFor.join(", ")}), ` +
            "so an effect of the batches cannot be told from the disease. Measure patients of each group in each batch",
        },
      ],
    };
  }
  const isFound = beyond.pValue <= level;
  const chance = `shuffled patients up to ${percent(beyond.nullUpper)}`;
  const after = effect.adjustedFor.length === 0 ? "" : ` beyond ${effect.adjustedFor.join(", ")}`;
  const finding: Finding = isFound
    ? {
        level: "warning",
        code: "batch-effect",
        message:
          `batches: expression differs between batches${after}: they explain ${percent(beyond.share)} of its variance ` +
          `(${chance}, p ${beyond.pValue.toFixed(3)}), and ${effect.genesAffected} of ${effect.genes} genes differ. ` +
          "A model takes this for biology: have all samples processed alike, or correct expression at the source",
      }
    : {
        level: "info",
        code: "batch-no-effect",
        message:
          `batches: no effect on expression was found; they explain ${percent(beyond.share)} of its variance${after} ` +
          `(${chance})`,
      };
  return {
    advice: adviseOn(isFound, confounded, beyond.nullUpper),
    findings: [finding, ...judgeConfounding(confounded)],
  };
}

function adviseOn(isFound: boolean, confounded: readonly BatchConfounding[], nullUpper: number): string {
  if (!isFound) {
    return `Nothing needs to be done; an effect of under about ${percent(nullUpper)} of the variance would not have been seen with so many patients.`;
  }
  return confounded.length === 0
    ? "Have all samples processed by one pipeline, or correct expression at the source with the batches named (ComBat keeps clinical variables that are given to it), and read it again."
    : `Process all samples by one pipeline if they can be; a correction for batch would also take away what ${listNames(confounded)} does to the tumour, so correct only with these variables kept, and report results with and without.`;
}

function judgeConfounding(confounding: readonly BatchConfounding[]): Finding[] {
  const found = confounding.filter(({ adjustedPValue }) => adjustedPValue <= level);
  if (found.length === 0) return [];
  const parts = found.map(
    ({ variable, share, adjustedPValue }) =>
      `${variable} (${percent(share)} explained, p ${adjustedPValue.toFixed(3)})`,
  );
  return [
    {
      level: "warning",
      code: "batch-confounded",
      message:
        `batches: patients of different batches differ in ${parts.join(", ")}. Where a batch coincides with the outcome, ` +
        "its effect on expression cannot be separated from that of the disease: do not read one from the other",
    },
  ];
}

function listNames(confounded: readonly BatchConfounding[]): string {
  return confounded.map(({ variable }) => variable).join(", ");
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
