import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const project = fileURLToPath(new URL("../..", import.meta.url));
const read = (path: string) => readFileSync(join(project, path), "utf8");
const page = read("docs/dependencies.md");

type Names = Readonly<Record<string, string>>;
interface PackageFile {
  readonly dependencies?: Names;
  readonly optionalDependencies?: Names;
  readonly devDependencies?: Names;
}
const readPackage = (folder: string) => JSON.parse(read(join(folder, "package.json"))) as PackageFile;
const workspaces = ["packages", "apps"].flatMap((folder) =>
  readdirSync(join(project, folder)).map((name) => join(folder, name)),
);
const { packages: locked } = JSON.parse(read("package-lock.json")) as {
  readonly packages: Readonly<Record<string, { readonly version: string; readonly license?: string }>>;
};

/** The rows of the table under a heading. */
function rowsUnder(heading: string): { name: string; version: string; licence: string; reason: string }[] {
  const section = page.split(/^## /m).find((text) => text.startsWith(`${heading}\n`))!;
  return [...section.matchAll(/^\| `(\S+)` +\| (.+?) +\| (.+?) +\| (.+?) +\|$/gm)].map(
    ([, name, version, licence, reason]) => ({ name: name!, version: version!, licence: licence!, reason: reason! }),
  );
}

/** What a table should tell of packages, in the order of their names. */
const factsOf = (names: Iterable<string>) =>
  [...new Set(names)]
    .filter((name) => !name.startsWith("@osteon/"))
    .sort()
    .map((name) => ({
      name,
      version: locked[`node_modules/${name}`]!.version,
      licence: locked[`node_modules/${name}`]!.license,
      reason: expect.stringMatching(/\w{3}/) as string,
    }));

describe("docs/dependencies.md", () => {
  it("says of every package that is needed at run time why", () => {
    const needed = [...workspaces, "."]
      .map(readPackage)
      .flatMap(({ dependencies, optionalDependencies }) => [
        ...Object.keys(dependencies ?? {}),
        ...Object.keys(optionalDependencies ?? {}),
      ]);
    expect(rowsUnder("At run time")).toEqual(factsOf(needed));
  });

  it("says the same of what is built into the web application", () => {
    const built = Object.keys(readPackage("apps/dashboard").devDependencies!);
    expect(rowsUnder("Built into the web application")).toEqual(
      factsOf(built.filter((name) => !name.startsWith("@types/"))),
    );
  });

  it("is right that nothing needs a script when it is installed: the one there is, ONNX Runtime's for cards, is left out", () => {
    const scripted = Object.entries(locked).filter(([, entry]) => "hasInstallScript" in entry && !("dev" in entry));
    expect(scripted.map(([path]) => path)).toEqual(["node_modules/onnxruntime-node"]);
    expect(read(".npmrc")).toContain("ignore-scripts=true");
  });
});
