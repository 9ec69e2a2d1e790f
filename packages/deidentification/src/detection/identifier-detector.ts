import { classifyHeader } from "./header-patterns.ts";
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

interface ColumnPattern {
  readonly class: SafeHarborClass;
  readonly pattern: RegExp;
  readonly columns: readonly DetectorOptions["column"][];
}

/** Forms that mean something only when most of a column has them: a lone number of nine digits is a number. */
const columnPatterns: readonly ColumnPattern[] = [
  { class: "date", pattern: /^(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$/, columns: ["dropped"] },
  { class: "telephone number", pattern: /^1?[2-9]\d{2}[2-9]\d{6}$/, columns: ["dropped"] },
  { class: "social security number", pattern: /^(?!000|666|9)\d{9}$/, columns: ["dropped"] },
  { class: "medical record number", pattern: /^[A-Z]{0,2}\d{6,10}$/, columns: ["dropped"] },
  { class: "geographic subdivision", pattern: /^\d{5}$/, columns: ["dropped"] },
  { class: "name", pattern: /^\p{Lu}[\p{L}'-]+, ?\p{Lu}[\p{L}'. -]+$/u, columns: ["dropped"] },
  { class: "name", pattern: /^\p{Lu}\p{Ll}[\p{L}'-]* (?:\p{Lu}\.? )?\p{Lu}\p{Ll}[\p{L}'-]*$/u, columns: ["dropped"] },
  { class: "name", pattern: /^\p{L}{2,}[._-]\p{L}{2,}$/u, columns: ["ids"] },
];

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
  const patterns = columnPatterns.filter((entry) => entry.columns.includes(options.column));
  const weak = patterns.map(() => ({ count: 0, distinct: new Set<string>() }));
  const strong = new Map<SafeHarborClass, number>();
  const limit = options.maximumValues ?? Number.POSITIVE_INFINITY;
  const idColumn = options.column === "ids";
  let examined = 0;

  return {
    examine(value: string): void {
      if (value === "" || examined >= limit) return;
      examined++;
      const found = classifyValue(value, { idColumn });
      if (found !== undefined) {
        strong.set(found, (strong.get(found) ?? 0) + 1);
        return;
      }
      // The first form that fits has the value: eight digits are a date before they are a record number.
      const index = patterns.findIndex((entry) => entry.pattern.test(value));
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
        const isMostlyDistinct = distinct.size >= Math.min(distinctRemembered, count / 2);
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
