import type { Cohort } from "@osteon/cohort";
import { osteonError } from "@osteon/errors";
import { alignCohorts } from "../input/align-cohorts.ts";
import { Comparison } from "../input/comparison.ts";
import { takePatients } from "../input/evaluation-cohort.ts";
import { EvaluationInput } from "../input/evaluation-input.ts";
import { relabelLinks, type LinkStrengths } from "../links/test-links.ts";
import type { Metric, MetricValue } from "../metrics/metric.ts";
import { measureMemory, type FileMemory } from "../privacy/measure-memory.ts";
import type { PreparedSplit } from "./prepare-split.ts";

/** One file's values by metric, and what it gives away of the training patients. */
export interface FileMeasurement extends FileMemory {
  readonly values: readonly MetricValue[];
}

/** A synthetic file's, with the strengths of its known links. */
export interface SyntheticMeasurement extends FileMeasurement {
  readonly links: readonly LinkStrengths[];
}

/** The references of a split, which all families share. */
export interface ReferenceMeasurement {
  readonly freshReal: readonly MetricValue[];
  readonly photocopy: FileMeasurement;
  readonly floor: FileMeasurement;
}

/** Measures the references of a split, each of as many patients as were trained on, or as files have if they have fewer. */
export function measureReferences(split: PreparedSplit, metrics: readonly Metric[]): ReferenceMeasurement {
  return {
    freshReal: compareWithHeldOut(split, takeFirst(split.freshReal, split.floor.patientCount, split), metrics),
    photocopy: measureFile(split, split.photocopy, metrics),
    floor: measureFile(split, split.floor, metrics),
  };
}

/**
 * Measures a synthetic file, which lists the same genes in any order.
 *
 * @throws evaluation.unit, evaluation.no-shared-genes, evaluation.missing-genes
 */
export function measureSynthetic(
  split: PreparedSplit,
  synthetic: Cohort,
  metrics: readonly Metric[],
): { readonly file: EvaluationInput; readonly measured: SyntheticMeasurement } {
  const aligned = alignCohorts({ train: split.train, holdOut: split.holdOut, synthetic });
  for (const table of ["mutations", "copyNumber", "expression"] as const) {
    const expected = split.train[table].genes.length;
    const missing = expected - aligned.train[table].genes.length;
    if (missing > 0) throw osteonError("evaluation.missing-genes", { table: tableNames[table], missing, expected });
  }
  const file = new EvaluationInput(aligned.synthetic, split.panel);
  const { seed, number } = split;
  return { file, measured: { ...measureFile(split, file, metrics), links: relabelLinks(file, seed, number) } };
}

const tableNames = { mutations: "mutation", copyNumber: "copy-number", expression: "expression" } as const;

/** Metrics at the size of the training part; a look for its patients at the size of the file. */
function measureFile(split: PreparedSplit, file: EvaluationInput, metrics: readonly Metric[]): FileMeasurement {
  const { freshReal: train, reference } = split;
  return {
    values: compareWithHeldOut(split, takeFirst(file, train.patientCount, split), metrics),
    ...measureMemory(train, reference, file),
  };
}

/** The first patients of a file, whose order says nothing; agreement grows with their number, so all files have the same. */
function takeFirst(file: EvaluationInput, size: number, { panel }: PreparedSplit): EvaluationInput {
  if (file.patientCount <= size) return file;
  const rows = Uint32Array.from({ length: size }, (_, row) => row);
  return new EvaluationInput(takePatients(file.cohort, rows), panel);
}

function compareWithHeldOut(
  { reference }: PreparedSplit,
  candidate: EvaluationInput,
  metrics: readonly Metric[],
): readonly MetricValue[] {
  const comparison = new Comparison(reference, candidate);
  return metrics.map((metric) => metric.compute(comparison));
}
