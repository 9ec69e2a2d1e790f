import { mean, type RandomStream } from "@osteon/numerics";
import type { EvaluationCohort } from "../input/evaluation-cohort.ts";
import { explainTooFew, riskAboveControl, type AttackOutcome } from "./attack-outcome.ts";
import type { AttackTarget } from "./attack-target.ts";
import { chooseRows } from "../references/choose-rows.ts";
import { ColumnReader, drawMultivariatePredicates, drawUnivariatePredicates, type Predicate } from "./predicates.ts";
import { shuffleTest } from "./shuffle-test.ts";

const predicateCount = 500;

/** Singling out by predicates on one attribute and on several. */
export interface SinglingOut {
  readonly univariate: AttackOutcome;
  readonly multivariate: AttackOutcome;
}

/**
 * Singling out by WP216: a predicate made from the file is true of exactly one training patient. The
 * control is the same predicates on held-out patients, of whom the file knows nothing: as many of the larger
 * group as of the smaller are drawn, since how often chance singles out depends on how many there are.
 * Naive: predicates of the same chance of being true, Σ m p (1 − p)^(m − 1) by their frequency among all.
 * Source: Giomi et al. 2023 (PoPETs, Anonymeter); Cohen and Nissim 2020.
 */
export function attackSinglingOut(target: AttackTarget, random: RandomStream): SinglingOut {
  const { space, train, holdOut, synthetic, members, others, records } = target;
  const tooFew = explainTooFew(members, others);
  if (tooFew !== null) return { univariate: tooFew, multivariate: tooFew };
  const file = new ColumnReader(space.attributes, synthetic);
  const tables = new Map<string, number[]>();
  space.attributes.forEach(({ table }, column) => tables.set(table, [...(tables.get(table) ?? []), column]));
  const columns = [...tables.values()];
  const options = { records, share: Math.max(1, records / members), count: predicateCount };
  const group = (cohort: EvaluationCohort, count: number): PatientGroup => ({
    reader: new ColumnReader(space.attributes, cohort),
    rows: Array.from(chooseRows(count, Math.min(members, others), random)),
  });
  const groups = [group(train, members), group(holdOut, others)] as const;
  return {
    univariate: judge(drawUnivariatePredicates(file, columns, options, random), groups, random),
    multivariate: judge(drawMultivariatePredicates(file, space.attributes, columns, options, random), groups, random),
  };
}

/** Patients that predicates are held against. */
interface PatientGroup {
  readonly reader: ColumnReader;
  readonly rows: readonly number[];
}

function judge(
  predicates: readonly Predicate[],
  groups: readonly [PatientGroup, PatientGroup],
  random: RandomStream,
): AttackOutcome {
  if (predicates.length === 0) return { kind: "unanswered", reason: "the file suggests no predicate" };
  const size = groups[0].rows.length;
  const places = predicates.map((predicate) =>
    groups.flatMap(({ reader, rows }, side) => {
      const matching = predicate.reduce((left, condition) => reader.filter(left, condition), rows);
      return matching.map((row) => side * size + rows.indexOf(row));
    }),
  );
  const count = (isMember: Uint8Array, side: number) =>
    places.filter((matching) => {
      let found = 0;
      for (const place of matching) if (isMember[place] === side) found++;
      return found === 1;
    }).length;
  const really = new Uint8Array(2 * size).fill(1, 0, size);
  const main = { successes: count(really, 1), attacks: predicates.length };
  const control = { successes: count(really, 0), attacks: predicates.length };
  const chance = places.map(({ length }) => {
    const frequency = length / (2 * size);
    return size * frequency * (1 - frequency) ** (size - 1);
  });
  return {
    kind: "rate",
    members: size,
    others: size,
    main: main.successes / predicates.length,
    control: control.successes / predicates.length,
    naive: mean(chance),
    risk: riskAboveControl(main, control),
    ...shuffleTest(size, 2 * size, random, (isMember) => (count(isMember, 1) - count(isMember, 0)) / predicates.length),
  };
}
