/** Who has to act on an error, and so which exit code and which HTTP status class it gets. */
export type ErrorCategory = "input" | "configuration" | "security" | "gate" | "unavailable" | "internal";

/** One entry of the catalogue. */
export interface ErrorDefinition {
  readonly category: ErrorCategory;
  /** HTTP status that the service answers with when this error ends a request. */
  readonly status: number;
  /** What happened. `{name}` marks a parameter: a name, a place or a count, never a value of a patient. */
  readonly template: string;
  /** What the reader can do about it; may use the same parameters. */
  readonly remedy: string;
  /** Whether the same call may succeed later without a change. */
  readonly retryable: boolean;
}

/** Declares part of the catalogue; keeps the literal templates, from which the parameters' types follow. */
export function defineErrors<const T extends Record<string, ErrorDefinition>>(definitions: T): T {
  return definitions;
}

type PlaceholdersOf<S extends string> = S extends `${string}{${infer Name}}${infer Rest}`
  ? Name | PlaceholdersOf<Rest>
  : never;

/** The parameters that an entry's template and remedy name. */
export type ParametersOf<D extends ErrorDefinition> = {
  readonly [Name in PlaceholdersOf<D["template"]> | PlaceholdersOf<D["remedy"]>]: string | number;
};
