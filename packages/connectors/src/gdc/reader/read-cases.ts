import { osteonError } from "@osteon/errors";
import type { FolderContext } from "../../text/folder-context.ts";
import { readLines } from "../../text/read-lines.ts";
import { gdcCaseFields, gdcCaseSchema, type GdcCase } from "../download/case-schema.ts";
import { casesFile } from "../download/download-manifest.ts";

/** A case and the line that it stands on. */
export interface CaseOnLine {
  readonly line: number;
  readonly found: GdcCase;
  /** What the file holds beside the fields that are read, by the names of fields: for the alarm, never taken. */
  readonly others: ReadonlyMap<string, string>;
}

/**
 * Reads the cases of a download.
 *
 * @throws connectors.gdc-case naming line and field
 */
export async function readCases(context: FolderContext): Promise<readonly CaseOnLine[]> {
  const cases: CaseOnLine[] = [];
  for await (const { number: line, bytes } of readLines(context, casesFile, "clinical-patient")) {
    const refuse = (reason: string) => osteonError("connectors.gdc-case", { file: casesFile, line, reason });
    let json: unknown;
    try {
      json = JSON.parse(bytes.toString("utf8"));
    } catch {
      throw refuse("it is not JSON");
    }
    const parsed = gdcCaseSchema.safeParse(json);
    if (!parsed.success) {
      const keys = parsed.error.issues[0]?.path.filter((key) => typeof key === "string") ?? [];
      throw refuse(`${keys.join(".")} is missing or of another type`);
    }
    const others = new Map([...leavesOf(json)].filter(([field]) => !gdcCaseFields.includes(field)));
    cases.push({ line, found: parsed.data, others });
  }
  if (cases.length === 0) throw osteonError("connectors.table-empty", { file: casesFile });
  return cases;
}

/** The values at the ends of an object's paths as text; of the entries of a list, the first that has one. */
function leavesOf(value: unknown, path = "", leaves = new Map<string, string>()): Map<string, string> {
  if (Array.isArray(value)) for (const entry of value) leavesOf(entry, path, leaves);
  else if (typeof value === "object" && value !== null) {
    for (const [key, member] of Object.entries(value)) leavesOf(member, path === "" ? key : `${path}.${key}`, leaves);
  } else if (value !== null && value !== "" && !leaves.has(path)) {
    leaves.set(path, String(value as string | number | boolean));
  }
  return leaves;
}
