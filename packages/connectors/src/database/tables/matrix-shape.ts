import { describeMistyped, describeUnnamed } from "./map-table.ts";
import { geneNames, ownerNames, positionOf } from "./genomic-names.ts";
import type { QueryColumn, TypeFamily } from "./result-type.ts";

/**
 * The forms in which a database may hold one number a gene and patient; positions of columns.
 *
 * - `long`: a row a value, with columns gene, patient_id (or sample_id) and value
 * - `arrays`: a row a gene, with columns gene, patient_ids (or sample_ids) and values
 * - `wide`: a row a gene, with a column gene and one numeric column a patient (or sample), called as they are
 */
export type MatrixShape =
  | { readonly form: "long"; readonly gene: number; readonly owner: number; readonly value: number }
  | { readonly form: "arrays"; readonly gene: number; readonly owners: number; readonly values: number }
  | { readonly form: "wide"; readonly gene: number; readonly owners: readonly number[] };

const isNumber = (family: TypeFamily): boolean => family === "number" || family === "integer";

/** Tells by its columns which form a query has, and what is wrong with it. */
export function shapeOf(
  columns: readonly QueryColumn[],
  hasSamples: boolean,
): { readonly shape: MatrixShape | undefined; readonly faults: readonly string[] } {
  const gene = positionOf(columns, geneNames);
  const faults = [...describeUnnamed(columns)];
  if (gene < 0) faults.push(`no column ${geneNames[0]}; give it under one of these names: ${geneNames.join(", ")}`);
  else if (columns[gene]!.family !== "text") faults.push(mistyped(columns, gene, geneNames[0], "text"));

  const value = positionOf(columns, ["value"]);
  const owner = positionOf(columns, ownerNames(hasSamples));
  const values = positionOf(columns, ["values"]);
  const owners = positionOf(
    columns,
    ownerNames(hasSamples).map((name) => `${name}s`),
  );
  let shape: MatrixShape | undefined;
  if (owner >= 0 || value >= 0) {
    if (owner < 0) faults.push(missing(ownerNames(hasSamples), "the long form: gene, patient or sample, value"));
    else if (!["text", "integer"].includes(columns[owner]!.family)) {
      faults.push(mistyped(columns, owner, columns[owner]!.name, "text, uuid or integer"));
    }
    if (value < 0) faults.push(missing(["value"], "the long form: gene, patient or sample, value"));
    else if (!isNumber(columns[value]!.family)) faults.push(mistyped(columns, value, "value", "a number"));
    shape = { form: "long", gene, owner, value };
  } else if (owners >= 0 || values >= 0) {
    if (owners < 0)
      faults.push(
        missing(
          ownerNames(hasSamples).map((name) => `${name}s`),
          "the form with arrays",
        ),
      );
    else if (columns[owners]!.family !== "texts") faults.push(mistyped(columns, owners, "ids", "an array of text"));
    if (values < 0) faults.push(missing(["values"], "the form with arrays"));
    else if (columns[values]!.family !== "numbers") {
      faults.push(mistyped(columns, values, "values", "an array of numbers"));
    }
    shape = { form: "arrays", gene, owners, values };
  } else {
    const measured = columns.flatMap(({ family }, position) =>
      position !== gene && isNumber(family) ? [position] : [],
    );
    if (measured.length === 0) {
      faults.push(
        "neither a column value (long form), nor a column values (arrays), nor a numeric column a patient (wide form)",
      );
    }
    shape = { form: "wide", gene, owners: measured };
  }
  return { shape: faults.length === 0 ? shape : undefined, faults };
}

function missing(names: readonly string[], form: string): string {
  return `no column ${names[0]!}, which belongs to ${form}; give it under one of these names: ${names.join(", ")}`;
}

function mistyped(columns: readonly QueryColumn[], position: number, name: string, expected: string): string {
  return describeMistyped(name, position + 1, columns[position]!, expected);
}
