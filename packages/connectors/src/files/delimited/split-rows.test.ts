import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { csv } from "../files-fixture.ts";
import type { Dialect } from "./dialect.ts";
import { splitRows } from "./split-rows.ts";

const linesOf = (text: string) => text.split(/\r?\n/).map((line, at) => ({ number: at + 1, bytes: Buffer.from(line) }));

async function split(text: string, separator: Dialect["separator"] = ",", quoted = true): Promise<string[][]> {
  const rows: string[][] = [];
  for await (const row of splitRows(linesOf(text), "file", { separator, quoted })) rows.push(row.texts());
  return rows;
}

describe("rows of separated cells", () => {
  it("come back as they were written, whatever stands in them", async () => {
    const cell = fc.string({ unit: fc.constantFrom('"', ",", ";", "\n", "a", "ü", " "), maxLength: 6 });
    const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(table, fc.constantFrom(",", ";"), async (rows, separator) => {
        expect(await split(csv(rows, separator).slice(0, -2), separator)).toEqual(rows);
      }),
    );
  });

  it("keep a quote that does not begin a cell, and all quotes where they are plain", async () => {
    expect(await split('a 5" tumour,b')).toEqual([['a 5" tumour', "b"]]);
    expect(await split('"a,b"\t"c', "\t", false)).toEqual([['"a,b"', '"c']]);
  });

  it("tell where a quoted cell begins that does not end, however long the file", async () => {
    const open = `a,b\n1,"2\n${"3,4\n".repeat(400_000)}`;
    await expect(split(open)).rejects.toThrow(/file, line 2, column 2: a quoted cell begins here/);
  });
});
