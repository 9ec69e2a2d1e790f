import { readFile } from "node:fs/promises";
import { fieldMappings } from "@osteon/connectors";
import { describe, expect, it } from "vitest";
import { composeDictionary } from "../../tools/dictionary/compose-dictionary.ts";

describe("the data dictionary", () => {
  it("is what the schemas say", async () => {
    const committed = await readFile(new URL("../../docs/data-dictionary.md", import.meta.url), "utf8");
    expect(committed, "run `npm run build:dictionary`").toBe(composeDictionary());
  });

  it("has every variable, exported column and reader, and no cell that was forgotten", () => {
    const dictionary = composeDictionary();
    for (const name of [
      "survivalTimeDays",
      "survival_days",
      "OS_MONTHS",
      "BATCH",
      "Variant_Classification",
      "Female",
    ]) {
      expect(dictionary).toContain(`\`${name}\``);
    }
    for (const { reader } of fieldMappings) expect(dictionary).toContain(reader);
    expect(dictionary).not.toMatch(/undefined|NaN to|\[object|\| +\|/);
  });
});
