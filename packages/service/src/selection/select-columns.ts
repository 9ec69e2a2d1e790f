import type { PatientPart } from "@osteon/contracts";
import type { SyntheticCohort } from "@osteon/generator";
import type { Selection } from "./selection.ts";

/**
 * The same patients with the chosen columns only, in the model's order. A table that is left out has no columns;
 * the clinical values stay. A name that no table has chooses nothing.
 */
export function selectColumns(generated: SyntheticCohort, selection: Selection): SyntheticCohort {
  const { cohort, pathways } = generated;
  const { mutations, copyNumber, expression } = cohort;
  const genes = selection.genes && new Set(selection.genes);
  const sets = selection.pathways && new Set(selection.pathways);
  const narrow = <V extends Int8Array | Float32Array>(
    part: PatientPart,
    names: readonly string[],
    values: V,
    chosen: ReadonlySet<string> | undefined,
  ) => takeColumns(names, values, carries(selection, part) ? (name) => chosen?.has(name) ?? true : () => false);
  const mutated = narrow("mutations", mutations.genes, mutations.values, genes);
  const copied = narrow("copy_number", copyNumber.genes, copyNumber.values, genes);
  const expressed = narrow("expression", expression.genes, expression.values, genes);
  return {
    cohort: {
      ...cohort,
      mutations: { genes: mutated.names, values: mutated.values },
      copyNumber: { genes: copied.names, values: copied.values },
      expression: { ...expression, genes: expressed.names, values: expressed.values },
    },
    pathways: narrow("pathways", pathways.names, pathways.values, sets),
  };
}

/** Whether an answer carries a part. */
export function carries({ parts }: Selection, part: PatientPart): boolean {
  return parts === undefined || parts.includes(part);
}

function takeColumns<V extends Int8Array | Float32Array>(
  names: readonly string[],
  values: V,
  isWanted: (name: string) => boolean,
): { readonly names: readonly string[]; readonly values: V } {
  const columns = [...names.keys()].filter((column) => isWanted(names[column]!));
  const rows = names.length === 0 ? 0 : values.length / names.length;
  // Of the same type and of the right size; every value is written over.
  const taken = values.slice(0, rows * columns.length) as V;
  for (let row = 0; row < rows; row++) {
    for (const [at, column] of columns.entries()) {
      taken[row * columns.length + at] = values[row * names.length + column]!;
    }
  }
  return { names: columns.map((column) => names[column]!), values: taken };
}
