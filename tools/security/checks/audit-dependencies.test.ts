import { expect, it } from "vitest";
import { readAudit } from "./audit-dependencies.ts";
import { readSignatures } from "./verify-signatures.ts";

const advisory = {
  source: 1_097_682,
  name: "minimist",
  dependency: "minimist",
  title: "Prototype Pollution in minimist",
  url: "https://github.com/advisories/GHSA-xvch-5gv4-984h",
  severity: "critical",
  range: "<0.2.4",
};
const vulnerable = (names: readonly string[]) => ({
  stderr: "",
  stdout: JSON.stringify({
    auditReportVersion: 2,
    vulnerabilities: Object.fromEntries(
      names.map((name) => [
        name,
        {
          name,
          severity: "critical",
          nodes: [`node_modules/${name}`],
          via: name === "minimist" ? [advisory] : ["minimist"],
        },
      ]),
    ),
    metadata: { dependencies: { prod: 1, dev: 1, total: 2 } },
  }),
});

it("tells an advisory once, with where it is used", () => {
  const result = readAudit(vulnerable(["minimist", "mkdirp"]), vulnerable([]));
  expect(result).toMatchObject({
    looked: "2 packages, production and development",
    findings: [{ id: "GHSA-xvch-5gv4-984h minimist", where: "node_modules/minimist" }],
  });
  expect(JSON.stringify(result)).toContain("(critical, development, <0.2.4)");
  expect(JSON.stringify(readAudit(vulnerable(["minimist"]), vulnerable(["minimist"])))).toContain(
    "critical, production",
  );
});

it("is clean only where the registry answered that nothing is known", () => {
  expect(readAudit(vulnerable([]), vulnerable([]))).toMatchObject({ findings: [] });
});

it.each([
  ["a registry without audits", '{ "message": "405 Method Not Allowed", "statusCode": 405 }', "405 Method Not Allowed"],
  ["no network", '{ "error": { "code": "ENOTFOUND", "summary": "getaddrinfo ENOTFOUND" } }', "getaddrinfo ENOTFOUND"],
  ["nothing at all", "", "npm printed nothing"],
])("could not be checked with %s", (_, stdout, why) => {
  expect(readAudit({ stdout, stderr: "" }, vulnerable([]))).toEqual({ check: "dependencies", notChecked: why });
  expect(readAudit(vulnerable([]), { stdout, stderr: "" })).toEqual({ check: "dependencies", notChecked: why });
  expect(readSignatures({ stdout, stderr: "" })).toEqual({ check: "signatures", notChecked: why });
});

it("tells packages whose signature does not hold, or is not there", () => {
  const stdout = JSON.stringify({
    invalid: [{ name: "kleur", version: "4.1.4", code: "EINTEGRITYSIGNATURE" }],
    missing: [{ name: "ms", version: "2.1.3" }],
  });
  expect(readSignatures({ stdout, stderr: "" })).toMatchObject({
    findings: [
      { id: "kleur@4.1.4", says: expect.stringContaining("does not hold") },
      { id: "ms@2.1.3", says: expect.stringContaining("not this one") },
    ],
  });
  expect(readSignatures({ stdout: '{"invalid":[],"missing":[]}', stderr: "" })).toMatchObject({ findings: [] });
});
