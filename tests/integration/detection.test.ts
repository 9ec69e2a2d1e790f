import { safeHarborClasses } from "@osteon/deidentification";
import { describe, expect, it } from "vitest";
import {
  drawClinicalColumn,
  drawIdentifierColumn,
  isDetected,
  measureDetection,
  stateDetection,
  vocabularies,
  type VocabularyName,
} from "../../bench/measures/detection.ts";
import { Draw } from "../../bench/measures/hospital-tables/draw.ts";

const names = Object.keys(vocabularies) as VocabularyName[];

describe("the generator of hospital tables", () => {
  it("has words, forms and sentences of every class in every vocabulary, and other names and places in the one reported", () => {
    for (const kind of safeHarborClasses) {
      for (const { words, forms } of Object.values(vocabularies)) {
        expect(words.headers[kind].length).toBeGreaterThanOrEqual(2);
        expect(words.sentences[kind].length).toBeGreaterThanOrEqual(2);
        expect(forms[kind].length).toBeGreaterThanOrEqual(2);
      }
    }
    const { words: mended } = vocabularies.development;
    const { words: reported } = vocabularies.warehouse;
    for (const part of ["givenNames", "familyNames", "streets", "towns", "domains"] as const) {
      expect(reported[part].filter((word) => mended[part].includes(word))).toEqual([]);
    }
  });

  it("draws the same columns from the same seed, and writes identifiers into prose among rows without", () => {
    const draw = (seed: number) => drawIdentifierColumn("date", "text", new Draw(seed, 3), vocabularies.warehouse);
    expect(draw(5)).toEqual(draw(5));
    expect(draw(5)).not.toEqual(draw(6));
    expect(draw(5).values.some((value) => /Diagnosed|developed|due/.test(value))).toBe(true);
  });
});

describe("detection on columns of words that it was not mended by", () => {
  it("finds 99 of 100 identifying columns, and nine of ten of its alarms are right", () => {
    const figures = measureDetection("warehouse", { seed: 2024, repeats: 6 });
    expect(stateDetection(figures).filter(({ holds }) => !holds)).toEqual([]);
    expect(figures.rows).toHaveLength(48);
    expect(figures.recall.lower).toBeGreaterThan(0.97);
  });

  it.each(names.filter((name) => name !== "warehouse"))("holds for those of %s too", (name) => {
    const figures = measureDetection(name, { seed: 2024, repeats: 3 });
    expect(figures.recall.value).toBeGreaterThanOrEqual(0.985);
    expect(figures.precision.value).toBeGreaterThanOrEqual(0.9);
  });

  it("is measured by what can miss: a column without its header, its forms or its sentences is not found", () => {
    const kind = "account number";
    const { values } = drawIdentifierColumn(kind, "header", new Draw(1, 1), vocabularies.warehouse);
    expect(isDetected({ header: "Account", values: [] })).toBe(true);
    expect(isDetected({ header: "X", values: values.map(() => "blue") })).toBe(false);
    const clinical = vocabularies.warehouse.clinical[0]!;
    expect(isDetected(drawClinicalColumn(clinical, new Draw(1, 1)))).toBe(false);
    const statements = stateDetection({
      vocabulary: "warehouse",
      rows: [],
      clinical: [],
      missed: [],
      recall: { value: 0.98, lower: 0.97, upper: 0.99 },
      precision: { value: 0.5, lower: 0.4, upper: 0.6 },
    });
    expect(statements.map(({ holds }) => holds)).toEqual([false, false]);
  });
});
