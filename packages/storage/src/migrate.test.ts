import { describe, expect, it } from "vitest";
import { migrations } from "./ledger/migrations/index.ts";
import { worksWith } from "./migrate.ts";
import { registryMigrations } from "./registry/registry-schema.ts";

describe("an Osteon works with a later migration", () => {
  it.each([
    ["0002-note.from-0001", "0001-moves", true],
    ["0003-note.from-0001", "0002-other.from-0001", true],
    ["0003-drop.from-0002", "0002-other.from-0001", true],
    ["0003-drop.from-0002", "0001-moves", false],
    ["0002-note", "0001-moves", false],
    ["0002-note.from-1", "0001-moves", false],
    // A stranger in the midst: another line of versions has been there.
    ["0001-other.from-0001", "0002-note.from-0001", false],
  ])("%s beside %s: %s", (migration, newest, expected) => {
    expect(worksWith(migration, newest)).toBe(expected);
  });
});

describe.each([
  ["the ledger", migrations],
  ["the registry", registryMigrations],
])("the migrations of %s", (_, all) => {
  const names = Object.keys(all);

  it("are numbered without a gap, in order", () => {
    expect(names.map((name) => name.slice(0, 4))).toEqual(names.map((_name, i) => `${i + 1}`.padStart(4, "0")));
  });

  it("after the first each work with the release before (ADR 10)", () => {
    for (const [i, name] of names.entries()) {
      if (i > 0) expect(worksWith(name, names[i - 1]!), name).toBe(true);
    }
  });
});
