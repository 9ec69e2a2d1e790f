import { COPY_NUMBER_UNKNOWN, type Cohort } from "@osteon/cohort";
import type { ClinicalVariable } from "../factor-copula/marginals.ts";
import { ageEdges, cellOfValue, expressionEdges, followUpKnotsDays, necrosisEdges } from "./public-ranges.ts";

/** A variable as a table of cells, in at most one of which a patient falls. */
export interface CellVariable {
  readonly cells: number;
  /** Cell of the patient in a row; −1 where the value is unknown, or none that there is. */
  readonly cellOf: (row: number) => number;
}

/** All variables in the order of the model: clinical, mutations, copy number, genes. */
export function cellVariablesOf(cohort: Cohort, clinical: readonly ClinicalVariable[]): CellVariable[] {
  const { mutations, copyNumber, expression } = cohort;
  const edges = expressionEdges[expression.unit];
  return [
    ...clinical.map((variable) => clinicalCells(cohort, variable)),
    ...mutations.genes.map((_, j) => codeCells(2, (row) => mutations.values[row * mutations.genes.length + j]!)),
    ...copyNumber.genes.map((_, j) =>
      codeCells(5, (row) => {
        const code = copyNumber.values[row * copyNumber.genes.length + j]!;
        return code === COPY_NUMBER_UNKNOWN ? -1 : code + 2;
      }),
    ),
    ...expression.genes.map((_, j) =>
      valueCells(edges, (row) => expression.values[row * expression.genes.length + j]!),
    ),
  ];
}

/** Patients in each cell of each variable. */
export function countPatients(variables: readonly CellVariable[], patients: number): Int32Array[] {
  return variables.map(({ cells, cellOf }) => {
    const counts = new Int32Array(cells);
    for (let row = 0; row < patients; row++) {
      const cell = cellOf(row);
      if (cell >= 0) counts[cell]!++;
    }
    return counts;
  });
}

/** Cell of a follow-up: two for each interval of {@link followUpKnotsDays}, 2k alive and 2k + 1 dead at its end. */
export function followUpCell(timeDays: number, event: number): number {
  return 2 * cellOfValue(followUpKnotsDays, timeDays) + event;
}

function clinicalCells({ clinical }: Cohort, variable: ClinicalVariable): CellVariable {
  switch (variable) {
    case "survival":
      return {
        cells: 2 * (followUpKnotsDays.length - 1),
        cellOf: (row) => {
          const event = clinical.event[row]!;
          const timeDays = clinical.survivalTimeDays[row]!;
          return (event === 0 || event === 1) && !Number.isNaN(timeDays) ? followUpCell(timeDays, event) : -1;
        },
      };
    case "age":
      return valueCells(ageEdges, (row) => clinical.ageYears[row]!);
    case "necrosis":
      return valueCells(necrosisEdges, (row) => clinical.necrosisPercent[row]!);
    case "metastasis":
      return codeCells(2, (row) => clinical.metastasis[row]!);
    case "male":
      return codeCells(2, (row) => clinical.male[row]!);
  }
}

function valueCells(edges: readonly number[], valueOf: (row: number) => number): CellVariable {
  return {
    cells: edges.length - 1,
    cellOf: (row) => {
      const value = valueOf(row);
      return Number.isNaN(value) ? -1 : cellOfValue(edges, value);
    },
  };
}

function codeCells(codes: number, codeOf: (row: number) => number): CellVariable {
  return {
    cells: codes,
    cellOf: (row) => {
      const code = codeOf(row);
      return code >= 0 && code < codes ? code : -1;
    },
  };
}
