import { mean, rocAreaNullRange } from "@osteon/numerics";
import type { CopyCount } from "../privacy/count-copies.ts";
import type { SplitMemorisation } from "../report/evaluation-report.ts";
import type { FileMeasurement, ReferenceMeasurement } from "./measure-split.ts";
import type { SplitDesign } from "./split-mean.ts";

/**
 * Membership and copies over the splits. The mean area is held against the range of one file, which is what is
 * released: over many splits any model that was fitted at all would be told from ½, however little that gives away.
 */
export function assessSplitMemorisation(
  synthetic: readonly FileMeasurement[],
  references: readonly ReferenceMeasurement[],
  design: SplitDesign,
): SplitMemorisation {
  const photocopy = references.map((split) => split.photocopy);
  const floor = references.map((split) => split.floor);
  const { trainPatients, holdOutPatients } = design;
  return {
    membershipAuc: {
      synthetic: meanArea(synthetic),
      photocopy: meanArea(photocopy),
      floor: meanArea(floor),
      nullRange: rocAreaNullRange(Math.max(1, trainPatients), Math.max(1, holdOutPatients), 0.95),
    },
    copies: { synthetic: sumCopies(synthetic), photocopy: sumCopies(photocopy), floor: sumCopies(floor) },
  };
}

/** What points to memory, in words. */
export function describeMemorisation(
  { membershipAuc, copies }: SplitMemorisation,
  beyondReal: readonly string[],
): readonly string[] {
  const flags: string[] = [];
  const { synthetic: area, nullRange } = membershipAuc;
  if (area !== null && area > nullRange[1]) {
    flags.push(
      `training patients can be told from others by their closest synthetic record: AUC ${area.toFixed(2)}, ` +
        `above the ${nullRange[1].toFixed(2)} that chance reaches here`,
    );
  }
  const { synthetic: copied } = copies;
  if (copied !== null && copied.near > 0) {
    flags.push(
      `${copied.near} of ${copied.candidates} synthetic patients repeat a training patient (${copied.exact} exactly)`,
    );
  }
  return [
    ...flags,
    ...beyondReal.map((name) => `${name} is better than fresh real patients reach, as a photocopy's is`),
  ];
}

function meanArea(files: readonly FileMeasurement[]): number | null {
  const areas = files.flatMap(({ membershipAuc }) => membershipAuc ?? []);
  return areas.length === 0 ? null : mean(areas);
}

function sumCopies(files: readonly FileMeasurement[]): CopyCount | null {
  const counts = files.flatMap(({ copies }) => copies ?? []);
  if (counts.length === 0) return null;
  const sum = (part: keyof CopyCount) => counts.reduce((total, count) => total + count[part], 0);
  return { candidates: sum("candidates"), exact: sum("exact"), near: sum("near") };
}
