import { countPatients, type EvaluationCohort } from "../input/evaluation-cohort.ts";
import type { OncoprintFigure } from "../report/evaluation-report.ts";
import { alterationKinds, readGeneAlteration, type GeneAlteration } from "./alteration-kinds.ts";
import { smallestCell } from "./smallest-cell.ts";

/** Of the patients with either alteration: from here on one row stands for both, as on a common amplicon. */
const sharedPatients = 0.5;
/** So that a column can be seen. */
const mostGroups = 40;

type State = boolean | null;
interface Row extends GeneAlteration {
  readonly states: readonly State[];
  readonly altered: number;
}
interface Group {
  readonly states: readonly State[];
  readonly patients: number;
}

/**
 * An oncoprint whose columns are groups of patients: they are split by one row after another, where both sides keep
 * the smallest cell. So nobody stands alone in it. Sizes of the real groups are multiples of the smallest cell, so that
 * no smaller one follows by subtraction from frequencies. Synthetic patients fall into the same groups.
 */
export function compareOncoprints(real: EvaluationCohort, synthetic: EvaluationCohort): OncoprintFigure {
  const candidates = chooseRows(real);
  const known = Array.from({ length: countPatients(real) }, (_, patient) => patient).filter((patient) =>
    candidates.every(({ states }) => states[patient] !== null),
  );
  const parts = split(known, candidates, Math.max(smallestCell, Math.ceil(known.length / mostGroups)));
  const isUsed = candidates.map((_, row) => parts.some(({ states }) => states[row] !== null));
  const rows = candidates.filter((_, row) => isUsed[row]);
  if (rows.length === 0) return { rows: [], groups: [] };
  const groups = parts.map(({ states, patients }) => ({ states: states.filter((_, row) => isUsed[row]), patients }));
  const sizes = groups.map(({ patients }) => smallestCell * Math.round(patients / smallestCell));
  const counts = countInGroups(synthetic, rows, groups);
  return {
    rows: rows.map(({ gene, alteration }) => ({ gene, alteration })),
    groups: groups.map(({ states }, k) => ({
      states,
      real: shareOf(sizes[k]!, sizes),
      synthetic: shareOf(counts[k]!, counts),
    })),
  };
}

/**
 * The most frequent alterations of each kind, less those that follow another: the first of each kind, then the second of
 * each, so that not all patients are split by one kind; about as many as they can be split by.
 */
function chooseRows(real: EvaluationCohort): readonly Row[] {
  const splits = Math.log2(countPatients(real) / smallestCell);
  const rowsPerKind = Math.max(1, Math.min(4, Math.ceil(splits / 2)));
  const chosen: (Row & { readonly rank: number })[] = [];
  for (const { alteration, table } of alterationKinds) {
    const candidates = real[table].genes
      .map((gene): Row => {
        const states = readGeneAlteration(real, { gene, alteration });
        return { gene, alteration, states, altered: states.filter((state) => state === true).length };
      })
      .filter(({ states, altered }) => {
        const unaltered = states.filter((state) => state === false).length;
        return Math.min(altered, unaltered) >= smallestCell;
      })
      .toSorted((a, b) => b.altered - a.altered);
    let rank = 0;
    for (const candidate of candidates) {
      if (rank === rowsPerKind) break;
      if (!chosen.some((other) => overlap(other, candidate) > sharedPatients))
        chosen.push({ ...candidate, rank: rank++ });
    }
  }
  return chosen.toSorted((a, b) => a.rank - b.rank || b.altered - a.altered);
}

/** Jaccard's index of the patients with two alterations. */
function overlap(a: Row, b: Row): number {
  const both = a.states.filter((state, patient) => state === true && b.states[patient] === true).length;
  return both / (a.altered + b.altered - both);
}

function split(members: readonly number[], [row, ...others]: readonly Row[], smallest: number): readonly Group[] {
  if (row === undefined) return [{ states: [], patients: members.length }];
  const descend = (part: readonly number[], state: State) =>
    split(part, others, smallest).map(({ states, patients }) => ({ states: [state, ...states], patients }));
  const altered = members.filter((patient) => row.states[patient]);
  const unaltered = members.filter((patient) => !row.states[patient]);
  return Math.min(altered.length, unaltered.length) < smallest
    ? descend(members, null)
    : [...descend(altered, true), ...descend(unaltered, false)];
}

function countInGroups(cohort: EvaluationCohort, rows: readonly Row[], groups: readonly Group[]): readonly number[] {
  const columns = rows.map((row) => readGeneAlteration(cohort, row));
  const counts = groups.map(() => 0);
  for (let patient = 0; patient < countPatients(cohort); patient++) {
    if (columns.some((states) => states[patient] === null)) continue;
    const group = groups.findIndex(({ states }) =>
      states.every((state, row) => state === null || state === columns[row]![patient]),
    );
    counts[group]!++;
  }
  return counts;
}

function shareOf(count: number, all: readonly number[]): number {
  const total = all.reduce((sum, part) => sum + part, 0);
  return total === 0 ? 0 : count / total;
}
