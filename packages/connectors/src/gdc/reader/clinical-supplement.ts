import { basename, dirname } from "node:path";
import { Readable } from "node:stream";
import { clinicalSupplementContract } from "@osteon/deidentification";
import { osteonError } from "@osteon/errors";
import { parse } from "csv-parse/sync";
import { readTable } from "../../reading/read-table.ts";
import type { SourceRow, SourceTable } from "../../reading/source-table.ts";
import type { FolderContext } from "../../text/folder-context.ts";
import { readLines } from "../../text/read-lines.ts";

/** What a supplement says of a patient, as cells of the clinical table; empty where it says nothing. */
interface SupplementRow {
  readonly metastasis: string;
  readonly necrosis: string;
}

/** What the GDC does not tell of patients and a program's own tables do. */
export interface ClinicalSupplement {
  readonly patients: ReadonlyMap<string, SupplementRow>;
  readonly hasNecrosis: boolean;
}

/**
 * Reads a program's clinical tables, such as TARGET's, saved as CSV or as tab-separated text from its spreadsheets.
 *
 * @param context of the download; the tables' columns are accounted for in it
 * @throws connectors.patient-twice, and what {@link readTable} throws
 */
export async function readClinicalSupplement(
  context: FolderContext,
  paths: readonly string[],
): Promise<ClinicalSupplement> {
  const patients = new Map<string, SupplementRow>();
  const places = new Map<string, string>();
  let hasNecrosis = false;
  for (const path of paths) {
    const file = basename(path);
    const source = await openSupplement({ ...context, directory: dirname(path) }, file);
    await readTable(context, source, clinicalSupplementContract, (row) => {
      const id = row.identifier("PATIENT_ID");
      const first = places.get(id);
      if (first !== undefined) throw osteonError("connectors.patient-twice", { ...row.place("PATIENT_ID"), first });
      places.set(id, `${row.line} of ${file}`);
      hasNecrosis ||= row.has("PERCENT_NECROSIS");
      const metastasis = row.code("METASTATIC_AT_DIAGNOSIS");
      const necrosis = row.number("PERCENT_NECROSIS");
      patients.set(id, {
        metastasis: metastasis < 0 ? "" : String(metastasis),
        necrosis: Number.isNaN(necrosis) ? "" : String(necrosis),
      });
    });
  }
  return { patients, hasNecrosis };
}

/** A table of a few hundred rows, whose remarks may hold line ends and separators in quotes. */
async function openSupplement(context: FolderContext, file: string): Promise<SourceTable> {
  const lines: string[] = [];
  for await (const { number, bytes } of readLines(context, file, "clinical-patient")) {
    while (lines.length < number - 1) lines.push("");
    lines.push(bytes.toString("utf8"));
  }
  const header = lines[0] ?? "";
  const delimiter = ["\t", ";", ","].find((candidate) => header.includes(candidate)) ?? ",";
  const rows: SourceRow[] = [];
  try {
    parse(lines.join("\n"), {
      delimiter,
      relaxColumnCount: true,
      skipEmptyLines: true,
      onRecord: (cells: string[], { lines: line }) => {
        rows.push({ line, cells });
        return null;
      },
    });
  } catch (error) {
    // The parser's own message quotes the text.
    const { lines: line = 1 } = error as { readonly lines?: number };
    throw osteonError("connectors.supplement-quotes", { file, line });
  }
  return { name: file, rows: Readable.from(rows) };
}
