import { z } from "zod";

/** A program that prints a key, and its arguments, as a list: no shell reads them. */
export const keyCommandSchema = z
  .array(
    z
      .string()
      .min(1)
      .regex(/^\P{Cc}*$/u, "must hold no control characters"),
  )
  .min(1)
  .refine(
    ([program = ""]) => !/[\\/]/.test(program) || /^(?:\/|[A-Za-z]:[\\/])/.test(program),
    "must begin with a program of the PATH by its name, or with an absolute path",
  );

/** A key comes from one place: which of two was meant cannot be told. */
export function refuseTwoKeys<P extends string, C extends string>(pathKey: P, commandKey: C) {
  return (group: Partial<Record<P | C, unknown>>, context: z.RefinementCtx): void => {
    if (group[pathKey] === undefined || group[commandKey] === undefined) return;
    const message = `must be left out where ${pathKey} is given, or the other way round`;
    context.addIssue({ code: "custom", path: [commandKey], message });
  };
}

/** Whoever checks signatures does not ask for the secret half, and beside a file alone lies the public one. */
export function askForPublicHalf(
  group: { readonly signing_key_command?: unknown; readonly trusted_keys: readonly string[] },
  context: z.RefinementCtx,
): void {
  if (group.signing_key_command === undefined || group.trusted_keys.length > 0) return;
  const message = "must name the public half of the key that signing_key_command gives";
  context.addIssue({ code: "custom", path: ["trusted_keys"], message });
}
