/** A text with its references filled in, and what kept others from it. */
export interface Interpolation {
  readonly text: string;
  /** Why a reference could not be filled in, each as a sentence without the text itself. */
  readonly faults: readonly string[];
}

const reference = /\$\$\{|\$\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?\}|\$\{/g;

/**
 * Replaces `${NAME}` by the environment's value and `${NAME:-fallback}` by the fallback where it is not
 * set or empty, as a shell does; `$${` stands for `${` itself.
 */
export function interpolate(text: string, environment: Readonly<Record<string, string | undefined>>): Interpolation {
  const faults: string[] = [];
  const filled = text.replace(reference, (whole, variable: string | undefined, fallback: string | undefined) => {
    if (whole === "$${") return "${";
    if (variable === undefined) {
      faults.push("a ${ without a name and } after it; write $${ where the characters themselves are meant");
      return whole;
    }
    const value = environment[variable] || fallback;
    if (value === undefined) faults.push(`the environment variable ${variable} is not set`);
    return value ?? whole;
  });
  return { text: filled, faults };
}
