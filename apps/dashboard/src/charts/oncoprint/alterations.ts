import type { SyntheticPatient } from "@osteon/contracts";

/** What a gene's copy number is, as a code; bit 8 beside it: mutated. */
const copyNumberStates = ["unaltered", "deep-loss", "loss", "gain", "amplified", "unknown"] as const;

export type CopyNumberState = (typeof copyNumberStates)[number];

const mutatedBit = 8;

/** Alterations of genes in patients: one code a cell, gene by gene. */
export interface AlterationTable {
  readonly genes: readonly string[];
  /** By gene: the share of patients with a mutation, a deep loss or an amplification. */
  readonly shares: readonly number[];
  readonly patients: number;
  /** genes × patients. */
  readonly cells: Uint8Array;
}

/** Reads the most often altered genes, the most frequent first; genes that nobody has altered are left out. */
export function readAlterations(patients: readonly SyntheticPatient[], mostGenes: number): AlterationTable {
  const first = patients[0];
  const names = [...new Set([...Object.keys(first?.mutations ?? {}), ...Object.keys(first?.copy_number ?? {})])];
  const rows = names
    .map((gene) => {
      const cells = Uint8Array.from(patients, ({ mutations, copy_number }) =>
        encodeCell(mutations[gene], copy_number[gene]),
      );
      return { gene, cells, altered: cells.reduce((sum, cell) => sum + (isDriver(cell) ? 1 : 0), 0) };
    })
    .filter(({ altered }) => altered > 0)
    .toSorted((a, b) => b.altered - a.altered || a.gene.localeCompare(b.gene))
    .slice(0, mostGenes);
  const cells = new Uint8Array(rows.length * patients.length);
  rows.forEach((row, k) => cells.set(row.cells, k * patients.length));
  return {
    genes: rows.map(({ gene }) => gene),
    shares: rows.map(({ altered }) => (patients.length === 0 ? 0 : altered / patients.length)),
    patients: patients.length,
    cells,
  };
}

export function copyNumberOf(cell: number): CopyNumberState {
  return copyNumberStates[cell & (mutatedBit - 1)]!;
}

export function isMutated(cell: number): boolean {
  return (cell & mutatedBit) !== 0;
}

/** Counted in a gene's share, as usual: single gains and losses are not, as most osteosarcomas have them everywhere. */
function isDriver(cell: number): boolean {
  const state = copyNumberOf(cell);
  return isMutated(cell) || state === "amplified" || state === "deep-loss";
}

function encodeCell(mutation: 0 | 1 | null | undefined, copyNumber: number | null | undefined): number {
  return copyNumberCode(mutation, copyNumber) | (mutation === 1 ? mutatedBit : 0);
}

function copyNumberCode(mutation: 0 | 1 | null | undefined, copyNumber: number | null | undefined): number {
  if (copyNumber === null || copyNumber === undefined) {
    // A gene of which only mutations are known is not unknown where that one is known.
    const isKnown = copyNumber === undefined && mutation !== null && mutation !== undefined;
    return copyNumberStates.indexOf(isKnown || mutation === 1 ? "unaltered" : "unknown");
  }
  const state =
    copyNumber <= -2
      ? "deep-loss"
      : copyNumber < 0
        ? "loss"
        : copyNumber >= 2
          ? "amplified"
          : copyNumber > 0
            ? "gain"
            : "unaltered";
  return copyNumberStates.indexOf(state);
}
