import type { SavedModel } from "../model.ts";
import { tensorOf } from "../saved-tensor.ts";
import { padGenes, type ExpressionWeights } from "./expression-decoder.ts";
import type { Marginals } from "./marginals.ts";
import type { FactorCopulaParameters } from "./parameters.ts";
import { tableWidth } from "./quantile-table.ts";

/** The JSON half of a saved factor copula; the tensors are the other. */
type Description = Omit<Marginals, "deathHazard" | "censoringHazard" | "mutationCuts" | "copyNumberCuts"> &
  Pick<ExpressionWeights, "genes" | "unit" | "rank"> &
  Record<string, unknown>;

/** Plain values of a fitted model: everything that sampling needs and nothing of a patient. */
export function saveFactorCopula({ marginals, correlation, expression }: FactorCopulaParameters): SavedModel {
  const { deathHazard, censoringHazard, mutationCuts, copyNumberCuts, ...plain } = marginals;
  const anchors = Math.sqrt(correlation.length);
  const padded = expression.noiseDeviations.length;
  const description: Description = {
    ...plain,
    genes: expression.genes,
    unit: expression.unit,
    rank: expression.rank,
  };
  const vector = (data: Float64Array | Float32Array) => ({ shape: [data.length], data });
  return {
    family: "factor-copula",
    description,
    tensors: {
      death_knots_days: vector(deathHazard.knotsDays),
      death_hazards: vector(deathHazard.hazards),
      censoring_knots_days: vector(censoringHazard.knotsDays),
      censoring_hazards: vector(censoringHazard.hazards),
      mutation_cuts: { shape: [mutationCuts.length, 1], data: Float64Array.from(mutationCuts.flat()) },
      copy_number_cuts: { shape: [copyNumberCuts.length, 4], data: Float64Array.from(copyNumberCuts.flat()) },
      anchor_correlation: { shape: [anchors, anchors], data: correlation },
      expression_weights: { shape: [anchors + expression.rank, padded], data: expression.weights },
      expression_noise: vector(expression.noiseDeviations),
      expression_tables: {
        shape: [expression.genes.length, tableWidth(plain.grid)],
        data: expression.tables,
      },
    },
  };
}

/** Reads back what {@link saveFactorCopula} wrote. Throws `generator.malformed-model`. */
export function readFactorCopula(saved: SavedModel): FactorCopulaParameters {
  const description = saved.description as Description;
  const { genes, unit, rank, ...plain } = description;
  const padded = padGenes(genes.length);
  const mutations = plain.mutationGenes.length;
  const copyNumbers = plain.copyNumberGenes.length;
  const anchors = plain.clinical.length + mutations + copyNumbers;
  const doubles = (name: string, length?: number) => tensorOf(saved, name, Float64Array, length);
  const singles = (name: string, length: number) => tensorOf(saved, name, Float32Array, length);
  const rows = (data: Float64Array, width: number) =>
    Array.from({ length: data.length / width }, (_, k) => [...data.subarray(k * width, (k + 1) * width)]);
  const hazard = (name: "death" | "censoring") => {
    const knotsDays = doubles(`${name}_knots_days`);
    return { knotsDays, hazards: doubles(`${name}_hazards`, knotsDays.length) };
  };
  const marginals: Marginals = {
    ...plain,
    deathHazard: hazard("death"),
    censoringHazard: hazard("censoring"),
    mutationCuts: rows(doubles("mutation_cuts", mutations), 1),
    copyNumberCuts: rows(doubles("copy_number_cuts", 4 * copyNumbers), 4),
  };
  return {
    marginals,
    correlation: doubles("anchor_correlation", anchors * anchors),
    expression: {
      genes,
      unit,
      rank,
      grid: plain.grid,
      weights: singles("expression_weights", (anchors + rank) * padded),
      noiseDeviations: singles("expression_noise", padded),
      tables: singles("expression_tables", genes.length * tableWidth(plain.grid)),
    },
  };
}
