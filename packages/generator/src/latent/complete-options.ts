import { osteonError } from "@osteon/errors";

/** The range of an option in words, and whether a number is in it. */
export type OptionRule = readonly [allowed: string, holds: (value: number) => boolean];

export const natural: OptionRule = ["a whole number of at least 1", (x) => Number.isInteger(x) && x >= 1];
export const wholeOrNone: OptionRule = ["a whole number of at least 0", (x) => Number.isInteger(x) && x >= 0];
export const share: OptionRule = ["at least 0 and below 1", (x) => x >= 0 && x < 1];
export const weight: OptionRule = ["a finite number of at least 0", (x) => x >= 0 && Number.isFinite(x)];

type NumericOption<Options> = {
  [Name in keyof Options]: Options[Name] extends number ? Name : never;
}[keyof Options];

/** Defaults filled in, options of other things left out, and all numbers checked; throws `generator.option`. */
export function completeOptions<Options extends object>(
  defaults: Options,
  given: Partial<Options>,
  rules: Readonly<Record<NumericOption<Options>, OptionRule>>,
): Options {
  const names = (Object.keys(defaults) as (keyof Options)[]).filter((name) => given[name] !== undefined);
  const options = { ...defaults, ...Object.fromEntries(names.map((name) => [name, given[name]])) };
  for (const [option, [allowed, holds]] of Object.entries(rules) as [NumericOption<Options>, OptionRule][]) {
    assertOption(String(option), allowed, holds(options[option] as number));
  }
  return options;
}

/** @throws `generator.option` */
export function assertOption(option: string, allowed: string, isAllowed: boolean): void {
  if (!isAllowed) throw osteonError("generator.option", { option, allowed });
}
