import type { MatrixContract, TableContract } from "@osteon/deidentification";
import { osteonError } from "@osteon/errors";
import { MatrixCollector } from "../../reading/matrix/matrix-collector.ts";
import type { GeneMatrix, MatrixReading, MatrixSource, MatrixValues } from "../../reading/matrix/matrix-source.ts";
import { readTable } from "../../reading/read-table.ts";
import type { ReadingContext } from "../../reading/reading-context.ts";
import type { SourceTable } from "../../reading/source-table.ts";

type LongColumn = "SAMPLE_ID" | "Hugo_Symbol" | "VALUE";

/** One value a row: its sample, its gene, itself. */
function longContract({ table, meaning, unit, minimum, maximum }: MatrixContract): TableContract<LongColumn> {
  return {
    table,
    columns: {
      SAMPLE_ID: {
        meaning: "Sample or patient that the value is of",
        role: "direct-identifier",
        kind: { type: "identifier" },
        required: true,
        aliases: ["PATIENT_ID", "TUMOR_SAMPLE_BARCODE", "SAMPLE"],
      },
      Hugo_Symbol: {
        meaning: "Gene that the value is of",
        role: "genomic",
        kind: { type: "gene" },
        required: true,
        aliases: ["GENE", "GENE_SYMBOL", "SYMBOL"],
      },
      VALUE: {
        meaning,
        role: "genomic",
        kind: { type: "number", unit, minimum, maximum },
        required: true,
        aliases: [],
      },
    },
  };
}

/**
 * A matrix in the long form.
 *
 * @param open the table under the names of the contract
 */
export function openLongMatrix(
  name: string,
  open: (contract: TableContract<LongColumn>) => Promise<SourceTable>,
): MatrixSource {
  return {
    name,
    read: async (context, reading) => readLong(context, await open(longContract(reading.contract)), reading),
  };
}

/** @throws connectors.sample-unknown, .gene-missing, files.value-twice, and what reading the table throws */
async function readLong<T extends MatrixValues>(
  context: ReadingContext,
  source: SourceTable,
  reading: MatrixReading<T>,
): Promise<GeneMatrix<T>> {
  const { samples, chosen, contract } = reading;
  const file = source.name;
  const targets = new Map([...chosen.keys()].map((id, target) => [id, target]));
  const collector = new MatrixCollector(context, file, reading, [...chosen.values()]);
  const rows = new Map<string, { readonly values: T; readonly filled: Uint8Array }>();
  await readTable(context, source, longContract(contract), (row) => {
    const sample = row.identifier("SAMPLE_ID");
    if (!samples.samples.has(sample)) {
      const place = `column ${row.place("SAMPLE_ID").ordinal}`;
      throw osteonError("connectors.sample-unknown", { file, line: row.line, place, samples: samples.file });
    }
    const gene = row.gene("Hugo_Symbol");
    if (gene === undefined) throw osteonError("connectors.gene-missing", row.place("Hugo_Symbol"));
    let measured = rows.get(gene);
    if (measured === undefined) {
      const values = collector.addGene(gene, row.place("Hugo_Symbol"));
      measured = { values, filled: new Uint8Array(values.length) };
      rows.set(gene, measured);
    }
    const value = row.number("VALUE");
    const target = targets.get(sample);
    if (target === undefined) return;
    if (measured.filled[target] === 1) throw osteonError("files.value-twice", { file, line: row.line });
    measured.filled[target] = 1;
    if (!Number.isNaN(value)) measured.values[target] = collector.convert(value, row.line, row.place("VALUE").ordinal);
  });
  return collector.finish();
}
