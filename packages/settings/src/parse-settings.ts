import type { OsteonError } from "@osteon/errors";
import type { z } from "zod";
import { describeIssue } from "./describe-fault.ts";
import { readYaml } from "./read-yaml.ts";

/** What a kind of file takes, and how its faults are told. */
export interface SettingsKind<S extends z.ZodType> {
  readonly schema: S;
  /** Fills `${NAME}` in; without it such a text stays as it is. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Applied to the values before they are checked, such as resolving paths. */
  readonly prepare?: (value: unknown) => unknown;
  readonly syntaxFault: (place: {
    readonly line: number;
    readonly column: number;
    readonly reason: string;
  }) => OsteonError;
  /** `found` counts the faults, `faults` lists them, one a line. */
  readonly invalid: (parameters: { readonly found: string; readonly faults: string }) => OsteonError;
}

/**
 * Reads a YAML text and checks it whole.
 *
 * @param file how messages call it
 * @throws what `syntaxFault` and `invalid` make, and `configuration.secret`
 */
export function parseSettings<S extends z.ZodType>(text: string, file: string, kind: SettingsKind<S>): z.output<S> {
  const { schema, prepare = (given: unknown) => given } = kind;
  const { value, faults, placeOf } = readYaml(text, file, kind);
  const parsed = schema.safeParse(prepare(value));
  const issues = parsed.success ? [] : parsed.error.issues;
  // Two rules may find the same fault.
  const all = new Set([
    ...faults.map(({ path, sentence }) => `${placeOf(path)}: ${sentence}`),
    // A value whose reference could not be filled in is told once, not as a wrong value besides.
    ...issues
      .filter((issue) => !faults.some(({ path }) => isSamePath(path, issue.path)))
      .flatMap((issue) => describeIssue(issue, { schema, value }, placeOf)),
  ]);
  if (all.size > 0 || !parsed.success) {
    throw kind.invalid({
      found: all.size === 1 ? "a fault" : `${all.size} faults`,
      faults: [...all].map((fault) => `\n  - ${fault}`).join(""),
    });
  }
  return parsed.data;
}

function isSamePath(a: readonly PropertyKey[], b: readonly PropertyKey[]): boolean {
  return a.length === b.length && a.every((key, i) => key === b[i]);
}
