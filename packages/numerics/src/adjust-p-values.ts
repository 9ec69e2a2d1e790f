/**
 * P-values adjusted for their number, so that the chance of any false alarm stays at the level they are
 * held against. Source: Holm 1979.
 */
export function adjustByHolm(pValues: readonly number[]): readonly number[] {
  const order = [...pValues.keys()].sort((a, b) => pValues[a]! - pValues[b]!);
  const adjusted: number[] = [];
  let largest = 0;
  order.forEach((index, place) => {
    largest = Math.max(largest, Math.min(1, (pValues.length - place) * pValues[index]!));
    adjusted[index] = largest;
  });
  return adjusted;
}

/**
 * P-values adjusted for their number, so that of those under a level, no larger share is expected to be false
 * alarms than the level. Source: Benjamini and Hochberg 1995 (step-up; holds under independence and positive
 * dependence).
 */
export function adjustByBenjaminiHochberg(pValues: readonly number[]): readonly number[] {
  const order = [...pValues.keys()].sort((a, b) => pValues[b]! - pValues[a]!);
  const adjusted: number[] = [];
  let smallest = 1;
  order.forEach((index, place) => {
    smallest = Math.min(smallest, (pValues.length / (pValues.length - place)) * pValues[index]!);
    adjusted[index] = smallest;
  });
  return adjusted;
}
