import { catalogue, type Catalogue, type ErrorCode } from "./catalogue.ts";
import type { ErrorDefinition, ParametersOf } from "./definition.ts";

/**
 * The one error type that leaves a package on purpose.
 *
 * Its message is built from the catalogue and from names, places and counts only, so it may be
 * printed, logged and sent to a client.
 *
 * @example throw new OsteonError("cohort.duplicate-gene", { file, line, gene });
 */
export class OsteonError extends Error {
  override readonly name = "OsteonError";
  readonly code: ErrorCode;
  readonly parameters: Readonly<Record<string, string | number>>;

  constructor(code: ErrorCode, parameters: Readonly<Record<string, string | number>>, options?: ErrorOptions) {
    const definition: ErrorDefinition = catalogue[code];
    const text = `${fill(definition.template, parameters)}. ${fill(definition.remedy, parameters)}.`;
    super(text, options);
    this.code = code;
    this.parameters = parameters;
  }

  get definition(): ErrorDefinition {
    return catalogue[this.code];
  }
}

/** Builds an error with its parameters checked against the catalogue entry by the compiler. */
export function osteonError<C extends ErrorCode>(
  code: C,
  parameters: ParametersOf<Catalogue[C]>,
  options?: ErrorOptions,
): OsteonError {
  return new OsteonError(code, parameters, options);
}

function fill(template: string, parameters: Readonly<Record<string, string | number>>): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => String(parameters[name] ?? `{${name}}`));
}
