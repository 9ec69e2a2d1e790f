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
