import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { queryOfView, readQueryFile } from "./site-query.ts";

describe("a view's name", () => {
  it.each([
    ["patients", 'select * from "patients"'],
    ["Research.Patients", 'select * from "research"."patients"'],
    ['research."Patients of ""A"""', 'select * from "research"."Patients of ""A"""'],
    ["user", 'select * from "user"'],
  ])("%s is called as SQL calls it", (name, text) => {
    expect(queryOfView(name)).toEqual({ name, text });
  });

  it.each(["", "a.b.c", "a b", "a; drop table b", "select 1", '"a', "a--", "a.", "(select 1)", "é", "1a"])(
    "%j is none, and nothing of it is said",
    (name) => {
      expect(() => queryOfView(name)).toThrow(/^A view in data\.queries is not named as SQL names one/);
    },
  );
});

describe("a query's file", () => {
  let folder: string;
  beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), "osteon-query-"))));
  afterAll(() => rmSync(folder, { recursive: true }));
  const read = (content: string | Uint8Array) => {
    writeFileSync(join(folder, "mutations.sql"), content);
    return readQueryFile(join(folder, "mutations.sql"));
  };

  it("is its text without the semicolons that end it, named without its folder", async () => {
    expect(await read("-- all\nselect 1;\n;\n")).toEqual({ name: "mutations.sql", text: "-- all\nselect 1" });
    expect((await read("\uFEFFselect 'a;';")).text).toBe("select 'a;'");
  });

  it("is refused where it is not there, no text, or too long", async () => {
    await expect(readQueryFile(join(folder, "absent.sql"))).rejects.toThrow(/^absent\.sql cannot be read \(ENOENT\)/);
    await expect(read(Buffer.from("select 'ä'", "latin1"))).rejects.toMatchObject({ code: "connectors.encoding" });
    await expect(read("x".repeat(1024 * 1024 + 1))).rejects.toThrow(/longer than 1048576 bytes/);
  });
});
