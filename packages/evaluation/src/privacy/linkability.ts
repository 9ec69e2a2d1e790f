import type { RandomStream } from "@osteon/numerics";
import { rateOutcome, type AttackOutcome } from "./attack-outcome.ts";
import { findNearest, measureDistancesIn, type AttackTarget } from "./attack-target.ts";

/**
 * Linkability by WP216: two sources each hold half of the attributes of a patient, and do not know that he
 * is the same. They are linked where both halves have the same nearest synthetic record. Naive: a record
 * drawn for each half. Source: Giomi et al. 2023 (PoPETs), with one neighbour.
 *
 * @param random divides the attributes, each table's into halves, and shuffles for the test
 */
export function attackLinkability(target: AttackTarget, random: RandomStream): AttackOutcome {
  const first = chooseHalf(target, random);
  const firstHalf = measureDistancesIn(target, first);
  // What the whole record has more than the first half is the second.
  const secondHalf = target.squaredDistances.map((distance, k) => distance - firstHalf[k]!);
  const byFirst = findNearest(firstHalf, target.records);
  const bySecond = findNearest(secondHalf, target.records);
  const linked = Float64Array.from(byFirst, (record, i) => Number(record === bySecond[i]));
  return rateOutcome(linked, target.members, 1 / target.records, random);
}

function chooseHalf({ space }: AttackTarget, random: RandomStream): readonly number[] {
  const columnsOf = new Map<string, number[]>();
  space.attributes.forEach(({ table }, column) => columnsOf.set(table, [...(columnsOf.get(table) ?? []), column]));
  return [...columnsOf.values()].flatMap((columns) => {
    const order = random.permutation(columns.length);
    return Array.from(order.subarray(0, Math.floor(columns.length / 2)), (place) => columns[place]!);
  });
}
