import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, relative } from "node:path";

/** The package's own declaration tells of a default export, which it does not have. */
const readIgnoreFile = createRequire(import.meta.url)("@balena/dockerignore") as () => {
  add(text: string): { ignores(path: string): boolean };
};

/** Whether `.dockerignore` keeps a path, relative to the project, away from an image's builder. */
export function ignoredByContext(project: string): (path: string) => boolean {
  const rules = readIgnoreFile().add(readFileSync(join(project, ".dockerignore"), "utf8"));
  return (path) => rules.ignores(path);
}

/** The files that an image is built from, relative to the project. */
export function listContext(project: string): string[] {
  const isIgnored = ignoredByContext(project);
  // Every path is asked for but those in two folders which are large and which no exception names.
  const walk = (folder: string): string[] =>
    readdirSync(folder, { withFileTypes: true })
      .filter(({ name }) => name !== "node_modules" && name !== ".git")
      .flatMap((entry) => (entry.isDirectory() ? walk(join(folder, entry.name)) : [join(folder, entry.name)]));
  return walk(project)
    .map((file) => relative(project, file))
    .filter((path) => !isIgnored(path));
}
