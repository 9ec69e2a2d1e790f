import { readFileSync } from "node:fs";
import { marked, type Tokens } from "marked";
import { expect, it } from "vitest";
import manifest from "../../package.json" with { type: "json" };

it("the change log has the form of Keep a Changelog, its versions in falling order of SemVer", () => {
  const text = readFileSync(new URL("../../CHANGELOG.md", import.meta.url), "utf8");
  const headings = marked.lexer(text).filter((token): token is Tokens.Heading => token.type === "heading");
  expect(headings[0]).toMatchObject({ depth: 1, text: "Changelog" });
  const releases = headings.filter(({ depth }) => depth === 2).map((heading) => heading.text);
  expect(releases.length).toBeGreaterThan(0);
  for (const release of releases) {
    expect(release).toMatch(/^(?:\[?Unreleased\]?|\[?\d+\.\d+\.\d+(?:-[\w.]+)?\]? - \d{4}-\d{2}-\d{2})$/);
  }
  const versions = releases.flatMap((release) => /\d+\.\d+\.\d+/.exec(release)?.[0].split(".").map(Number) ?? []);
  const numbers = versions.reduce<number[]>((list, part, at) => {
    if (at % 3 === 0) list.push(0);
    list[list.length - 1] = list.at(-1)! * 10_000 + part;
    return list;
  }, []);
  expect(numbers).toEqual(numbers.toSorted((one, other) => other - one));
  const allowed = ["Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"];
  expect(
    headings
      .filter(({ depth }) => depth === 3)
      .map((heading) => heading.text)
      .filter((kind) => !allowed.includes(kind)),
  ).toEqual([]);
  expect(manifest.version).toMatch(/^\d+\.\d+\.\d+$/);
});
