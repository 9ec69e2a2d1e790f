/** For an option that may be repeated: adds its value to those before. */
export function collectValues(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}
