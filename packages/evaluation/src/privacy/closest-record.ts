import type { RandomStream } from "@osteon/numerics";
import type { EvaluationInput } from "../input/evaluation-input.ts";
import { nearestSquaredDistances } from "../input/nearest-distances.ts";
import { rankingOutcome, type AttackOutcome } from "./attack-outcome.ts";
import { findNearest, measureDistancesIn, type AttackTarget } from "./attack-target.ts";
import type { Attribute } from "./attributes.ts";

/**
 * Distance to the closest record: members have a synthetic record nearer than others have, in whole records.
 * Source: Hilprecht et al. 2019 (PoPETs); Chen et al. 2020 (CCS).
 */
export function attackByClosestRecord(target: AttackTarget, random: RandomStream): AttackOutcome {
  return rankByNearest(target, target.squaredDistances, random);
}

/** The same in some tables alone: a copied table hides among others that are not. */
export function attackByClosestTables(
  target: AttackTarget,
  tables: readonly Attribute["table"][],
  random: RandomStream,
): AttackOutcome {
  const columns = [...target.space.attributes.keys()].filter((j) => tables.includes(target.space.attributes[j]!.table));
  if (columns.length === 0) return { kind: "unanswered", reason: "there is no such table" };
  return rankByNearest(target, measureDistancesIn(target, columns), random);
}

function rankByNearest({ members, records }: AttackTarget, distances: Float64Array, random: RandomStream) {
  const nearest = findNearest(distances, records);
  const scores = Float64Array.from(nearest, (column, row) => -distances[row * records + column]!);
  return rankingOutcome(scores, members, random);
}

/** The same in scaled expression, every gene alike, over patients whose expression can be placed. */
export function attackByClosestExpression(
  train: EvaluationInput,
  holdOut: EvaluationInput,
  candidate: EvaluationInput,
  random: RandomStream,
): AttackOutcome {
  const width = train.cohort.expression.genes.length;
  if (width === 0) return { kind: "unanswered", reason: "there is no expression" };
  if (candidate.placedRows.length === 0) {
    return { kind: "unanswered", reason: "no synthetic record has expression" };
  }
  const scores = [train, holdOut].flatMap((real) =>
    Array.from(
      nearestSquaredDistances(real.placedExpression, candidate.placedExpression, width).ofFirst,
      (distance) => -distance,
    ),
  );
  return rankingOutcome(Float64Array.from(scores), train.placedRows.length, random);
}
