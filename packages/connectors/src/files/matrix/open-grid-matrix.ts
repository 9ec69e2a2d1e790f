import { readGeneCell, readIdentifierCell } from "@osteon/deidentification";
import { osteonError } from "@osteon/errors";
import { MatrixCollector } from "../../reading/matrix/matrix-collector.ts";
import type { GeneMatrix, MatrixReading, MatrixSource, MatrixValues } from "../../reading/matrix/matrix-source.ts";
import type { ReadingContext } from "../../reading/reading-context.ts";
import { sampleIdOf, type OrientedGrid } from "./orient-grid.ts";

/** A matrix of a file, streamed row by row or row group by row group, whichever way it lies. */
export function openGridMatrix(oriented: OrientedGrid): MatrixSource {
  return {
    name: oriented.grid.name,
    read: (context, reading) =>
      oriented.orientation === "genes-in-rows"
        ? readGenesInRows(context, oriented, reading)
        : readSamplesInRows(context, oriented, reading),
  };
}

/** @throws connectors.sample-column-unknown, .sample-column-twice, .gene-column-missing, .gene-missing, and what the collector throws */
async function readGenesInRows<T extends MatrixValues>(
  context: ReadingContext,
  { grid, label, values }: OrientedGrid,
  reading: MatrixReading<T>,
): Promise<GeneMatrix<T>> {
  const { name: file, headerLine } = grid;
  const { samples, chosen } = reading;
  const targets = new Int32Array(grid.columns.length).fill(-1);
  const patients: number[] = [];
  const firstOf = new Map<string, number>();
  for (const column of values) {
    const id = grid.columns[column]!;
    if (!samples.samples.has(id)) {
      const place = { file, line: headerLine, ordinal: column + 1, samples: samples.file };
      throw osteonError("connectors.sample-column-unknown", place);
    }
    const first = firstOf.get(id);
    if (first !== undefined) {
      throw osteonError("connectors.sample-column-twice", { file, line: headerLine, first, second: column + 1 });
    }
    firstOf.set(id, column + 1);
    const patient = chosen.get(id);
    if (patient !== undefined) targets[column] = patients.push(patient) - 1;
  }
  const collector = new MatrixCollector(context, file, reading, patients);
  const wanted = values.filter((column) => targets[column]! >= 0);
  for await (const block of grid.blocks({ label, wanted })) {
    const rows = block.labels.map((text, row) => {
      const place = { file, line: block.line + row, column: "Hugo_Symbol", ordinal: label + 1 };
      if (/^\d+$/.test(text)) throw osteonError("connectors.gene-column-missing", { file, line: headerLine });
      const gene = readGeneCell(text, place);
      if (gene === undefined) throw osteonError("connectors.gene-missing", place);
      return collector.addGene(gene, place);
    });
    await block.visit((row, column, value) => {
      if (!Number.isNaN(value)) rows[row]![targets[column]!] = collector.convert(value, block.line + row, column + 1);
    });
  }
  return collector.finish();
}

/** @throws connectors.sample-unknown, .matrix-empty, files.value-twice, and what the collector throws */
async function readSamplesInRows<T extends MatrixValues>(
  context: ReadingContext,
  { grid, label, values, idDigits }: OrientedGrid,
  reading: MatrixReading<T>,
): Promise<GeneMatrix<T>> {
  const { name: file, headerLine } = grid;
  const { samples, chosen } = reading;
  const targets = new Map([...chosen.keys()].map((id, target) => [id, target]));
  const collector = new MatrixCollector(context, file, reading, [...chosen.values()]);
  const rows = new Map<number, T>();
  for (const column of values) {
    const place = { file, line: headerLine, column: "Hugo_Symbol", ordinal: column + 1 };
    const gene = readGeneCell(grid.columns[column]!, place);
    if (gene === undefined) throw osteonError("connectors.gene-missing", place);
    rows.set(column, collector.addGene(gene, place));
  }
  const byColumn = Array.from({ length: grid.columns.length }, (_, column) => rows.get(column));
  const seen = new Set<string>();
  for await (const block of grid.blocks({ label, wanted: values })) {
    const columns = Int32Array.from(block.labels, (text, row) => {
      const line = block.line + row;
      const id = sampleIdOf(text, idDigits);
      if (!samples.samples.has(id)) {
        readIdentifierCell(id, { file, line, column: "SAMPLE_ID", ordinal: label + 1 });
        const place = label < 0 ? "the name of the row" : `column ${label + 1}`;
        throw osteonError("connectors.sample-unknown", { file, line, place, samples: samples.file });
      }
      if (seen.has(id)) throw osteonError("files.value-twice", { file, line });
      seen.add(id);
      return targets.get(id) ?? -1;
    });
    await block.visit((row, column, value) => {
      const target = columns[row]!;
      if (target < 0 || Number.isNaN(value)) return;
      byColumn[column]![target] = collector.convert(value, block.line + row, column + 1);
    });
  }
  if (seen.size === 0) throw osteonError("connectors.matrix-empty", { file, what: "samples" });
  return collector.finish();
}
