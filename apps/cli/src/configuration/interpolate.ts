/** A reference to an environment variable that is not set and has no fallback. */
export interface MissingVariable {
  readonly variable: string;
}

const reference = /\$\$\{|\$\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?\}/g;

/**
 * Replaces `${NAME}` by the environment's value and `${NAME:-fallback}` by the fallback where it is not
 * set; `$${` stands for `${` itself.
 */
export function interpolate(
  text: string,
  environment: Readonly<Record<string, string | undefined>>,
): { readonly text: string; readonly missing: readonly MissingVariable[] } {
  const missing: MissingVariable[] = [];
  const filled = text.replace(reference, (whole, variable: string | undefined, fallback: string | undefined) => {
    if (variable === undefined) return "${";
    const value = environment[variable] ?? fallback;
    if (value === undefined) missing.push({ variable });
    return value ?? whole;
  });
  return { text: filled, missing };
}
