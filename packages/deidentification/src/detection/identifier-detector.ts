import { isMissingCode } from "../contract/missing-codes.ts";
import { columnPatterns } from "./column-patterns.ts";
import { classifyHeader } from "./header-patterns.ts";
import { classifyProse } from "./prose.ts";
import { namesQuantity, namesVersion } from "./quantity-headers.ts";
import type { SafeHarborClass } from "./safe-harbor.ts";
import { classifyValue } from "./value-patterns.ts";

/** What the detector says of one column: a class, how it showed, in how many values. */
export interface DetectedIdentifier {
  readonly class: SafeHarborClass;
  readonly evidence: "header" | "values";
  /** Number of values of this class; 0 where the header alone tells. */
  readonly count: number;
}

/** Watches one column as its values stream by. */
export interface IdentifierDetector {
  examine(value: string): void;
  report(): readonly DetectedIdentifier[];
}

export interface DetectorOptions {
  /**
   * `ids`: a column of patient or sample ids. `dropped`: a clinical column that is not taken; also judged by
   * its header and by forms that only a whole column makes telling. `annotations`: a column of a genomic
   * file that is not taken; as `dropped`, but its bare numbers are positions and depths.
   */
  readonly column: "ids" | "dropped" | "annotations";
  /** Values examined; the rest of a long column is let by. All by default. */
  readonly maximumValues?: number;
}

/** What people put behind a value that they doubt. */
const strayMark = /(?<![ ?*!])[ ?*!]+$/;
const fewestMatches = 3;
/** Distinct matches remembered: enough to tell persons from a repeated category, little enough to stay small. */
const distinctRemembered = 50;

/**
 * Builds the alarm for one column. It keeps counts and, for names, a few values; nothing of them leaves it.
 *
 * @example
 * const detector = createIdentifierDetector("CONTACT", { column: "dropped" });
 * detector.examine("parent@example.org");
 * detector.report(); // [{ class: "e-mail address", evidence: "values", count: 1 }]
 */
export function createIdentifierDetector(header: string, options: DetectorOptions): IdentifierDetector {
  const { column } = options;
  const isQuantity = namesQuantity(header);
  const isVersion = namesVersion(header);
  const patterns = columnPatterns.filter(
    ({ columns, isNumber }) => column !== "annotations" && columns.includes(column) && !(isNumber && isQuantity),
  );
  const weak = patterns.map(() => ({ count: 0, distinct: new Set<string>() }));
  const strong = new Map<SafeHarborClass, number>();
  const limit = options.maximumValues ?? Number.POSITIVE_INFINITY;
  const idColumn = options.column === "ids";
  let examined = 0;

  return {
    examine(value: string): void {
      // A column of which half is not known is judged by the other half.
      if (isMissingCode(value) || examined >= limit) return;
      examined++;
      const telling = classifyValue(value, { idColumn });
      const found = telling ?? (column === "dropped" ? classifyProse(value) : undefined);
      if (found !== undefined && !(found === "IP address" && isVersion)) {
        strong.set(found, (strong.get(found) ?? 0) + 1);
        return;
      }
      // The first form that fits has the value: eight digits are a date before they are a record number.
      const bare = value.replace(strayMark, "");
      const index = patterns.findIndex((entry) => entry.pattern.test(bare));
      if (index < 0) return;
      const tally = weak[index]!;
      tally.count++;
      if (tally.distinct.size < distinctRemembered) tally.distinct.add(value);
    },

    report(): readonly DetectedIdentifier[] {
      const found = new Map(strong);
      patterns.forEach((entry, index) => {
        const { count, distinct } = weak[index]!;
        const isMostOfColumn = count >= fewestMatches && count * 2 >= examined;
        const share = entry.isEachOther ? 0.9 : 0.5;
        const isMostlyDistinct = distinct.size >= Math.min(distinctRemembered, count * share);
        if (isMostOfColumn && isMostlyDistinct) found.set(entry.class, (found.get(entry.class) ?? 0) + count);
      });
      const byValues = [...found].map(([foundClass, count]) => ({
        class: foundClass,
        evidence: "values" as const,
        count,
      }));
      const announced = idColumn ? undefined : classifyHeader(header);
      return announced === undefined ? byValues : [{ class: announced, evidence: "header", count: 0 }, ...byValues];
    },
  };
}
