import type { Cohort } from "@osteon/cohort";
import { osteonError } from "@osteon/errors";
import { ageEdges, followUpKnotsDays } from "../private-copula/public-ranges.ts";
import { countCells, countPatientsInCells, widerCells, type ConditionEdges } from "./condition-cells.ts";

/**
 * Which profiles have enough training patients behind them (the k of security.md). JSON-serialisable, and
 * nothing of a patient: the edges are the same for every cohort, and of each cell it says only whether it,
 * and every cell with fewer conditions, holds `smallestCell` patients.
 */
export interface ConditionFloor extends ConditionEdges {
  /** Fewest patients that a profile must have behind it; 1 allows every profile. */
  readonly smallestCell: number;
  /** One character a cell, in the order of `cellOfConditions`: 1 where the profile is allowed, 0 where not. */
  readonly cells: string;
}

/** The intervals of the floor, the same for every cohort. */
export const publicConditionEdges: ConditionEdges = { survivalEdgesDays: followUpKnotsDays, ageEdgesYears: ageEdges };

/**
 * Counts the training patients behind every profile, with windows fixed beforehand: an interval of
 * {@link followUpKnotsDays} or {@link ageEdges} with its two neighbours, so some one to three years around an early
 * death and 7.5 years around a usual age. They are about as wide as what the model, which is smooth in both, can tell
 * apart, and they do not follow the cohort's quantiles, as such edges would be patients' own values.
 *
 * - time with event 1: who died within the window;
 * - time with event 0: who was followed past the end of the time's interval, whatever came then;
 * - time alone: either of them, as the model draws either;
 * - event alone: who died, or who was alive at last contact.
 *
 * A profile is allowed where its cell and every cell with fewer conditions hold enough, so that leaving one out
 * never makes a profile refused. No conditions at all are always allowed. The counts are exact: what is stored is
 * not covered by the ε of a model with differential privacy.
 *
 * @throws `generator.option`
 */
export function fitConditionFloor(
  { clinical }: Cohort,
  { smallestCell }: { readonly smallestCell: number },
): ConditionFloor {
  if (!Number.isInteger(smallestCell) || smallestCell < 1) {
    throw osteonError("generator.option", { option: "smallestCell", allowed: "a whole number of at least 1" });
  }
  const counts = countPatientsInCells(publicConditionEdges, clinical);
  const allowed: boolean[] = [];
  for (const [cell, count] of counts.entries()) {
    const holdsEnough = smallestCell === 1 || cell === 0 || count >= smallestCell;
    allowed.push(holdsEnough && widerCells(publicConditionEdges, cell).every((wider) => allowed[wider]));
  }
  return { smallestCell, ...publicConditionEdges, cells: allowed.map(Number).join("") };
}

/** The floor of a model that does not tell what is behind it: only patients without conditions. */
export function strictestConditionFloor(): ConditionFloor {
  return {
    smallestCell: Infinity,
    ...publicConditionEdges,
    cells: `1${"0".repeat(countCells(publicConditionEdges) - 1)}`,
  };
}

/** Takes a stored value for a floor; undefined where it is none. */
export function readConditionFloor(value: unknown): ConditionFloor | undefined {
  const floor = value as Partial<Record<keyof ConditionFloor, unknown>> | null | undefined;
  const { smallestCell, survivalEdgesDays, ageEdgesYears, cells } = floor ?? {};
  if (!Number.isInteger(smallestCell) || (smallestCell as number) < 1) return undefined;
  if (!areEdges(survivalEdgesDays) || !areEdges(ageEdgesYears) || typeof cells !== "string") return undefined;
  const edges = { survivalEdgesDays, ageEdgesYears };
  if (cells.length !== countCells(edges) || !/^1[01]*$/.test(cells)) return undefined;
  return { smallestCell: smallestCell as number, ...edges, cells };
}

function areEdges(value: unknown): value is readonly number[] {
  return (
    Array.isArray(value) &&
    value.length >= 2 &&
    value.every((edge, k) => Number.isFinite(edge) && (k === 0 || edge > value[k - 1]))
  );
}
