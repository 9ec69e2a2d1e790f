import { parse } from "yaml";
import { z } from "zod";
import { checkNames } from "./finding.ts";

const acceptanceSchema = z.strictObject({
  check: z.enum(checkNames),
  findings: z.array(z.string().min(1)).min(1),
  reason: z.string().min(20),
  expires: z.iso.date(),
});

/** Findings that stay for a time, with the reason. */
export type Acceptance = z.output<typeof acceptanceSchema>;

/**
 * Reads the file of accepted findings.
 *
 * @throws for a file with a fault: one that cannot be read must not accept anything
 */
export function parseAcceptances(text: string): Acceptance[] {
  const read = z.array(acceptanceSchema).safeParse(parse(text));
  if (!read.success) throw new Error(`The accepted findings have a fault:\n${z.prettifyError(read.error)}`);
  const ids = read.data.flatMap(({ check, findings }) => findings.map((id) => `${check}: ${id}`));
  const twice = ids.find((id, i) => ids.indexOf(id) !== i);
  if (twice !== undefined) throw new Error(`A finding is accepted twice: ${twice}`);
  return read.data;
}
