import { describe, expect, it } from "vitest";
import { parseLockFile } from "../locked-packages.ts";
import { judgeLicences } from "./check-licences.ts";
import { judgeLockFile } from "./check-lock-file.ts";

const integrity = `sha512-${"A".repeat(86)}==`;
const lock = (packages: object) => parseLockFile(JSON.stringify({ lockfileVersion: 3, packages }));

describe("licences", () => {
  const idsOf = (license?: string) =>
    judgeLicences([{ name: "p", version: "1.0.0", ...(license && { license }) }]).map(({ id }) => id);

  it.each(["MIT", "(MIT OR GPL-3.0-only)", "MIT AND Apache-2.0", "(BSD-2-Clause OR MIT) AND ISC"])(
    "lets %s pass",
    (license) => {
      expect(idsOf(license)).toEqual([]);
    },
  );

  it.each([
    "GPL-3.0-only",
    "MIT AND GPL-3.0-only",
    "AGPL-3.0-or-later",
    "SEE LICENSE IN LICENSE.txt",
    "UNLICENSED",
    "BUSL-1.1",
  ])("stops at %s", (license) => {
    expect(idsOf(license)).toEqual([`p ${license}`]);
  });

  it("stops at a package that states none", () => {
    expect(idsOf()).toEqual(["p no licence"]);
  });
});

describe("the lock file", () => {
  it("is clean where each package has its hash and comes from the registry", () => {
    expect(
      judgeLockFile(
        lock({ "": {}, "node_modules/a": { integrity }, "node_modules/@o/b": { link: true, resolved: "packages/b" } }),
      ),
    ).toEqual([]);
  });

  it.each([
    ["no-integrity", {}],
    ["no-integrity", { integrity: "sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk=" }],
    ["foreign-source", { integrity, resolved: "git+ssh://git@example.org/a.git#1" }],
    ["foreign-source", { integrity, resolved: "https://example.org/a.tgz" }],
    ["install-script", { integrity, hasInstallScript: true }],
  ])("tells %s", (kind, entry) => {
    expect(judgeLockFile(lock({ "node_modules/x/node_modules/a": entry }))).toMatchObject([
      { id: `${kind} a`, where: "node_modules/x/node_modules/a" },
    ]);
  });

  it("is refused in a form that is not known", () => {
    expect(() => parseLockFile('{"lockfileVersion": 2, "packages": {}}')).toThrow("lockfileVersion");
  });
});
