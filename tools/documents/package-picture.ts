import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Columns of the picture. */
const width = 100;

/**
 * The packages in layers, drawn in text: each uses only what stands above it. Made of the `dependencies` in every
 * package.json, so that it cannot show what is not so.
 *
 * @param root folder of the repository
 */
export function drawPackages(root: string): string {
  const folders = ["packages", "apps"].flatMap((parent) =>
    readdirSync(join(root, parent)).map((name) => ({ name, parent, path: join(root, parent, name, "package.json") })),
  );
  const uses = new Map(
    folders.map(({ name, path }) => {
      const { dependencies = {} } = JSON.parse(readFileSync(path, "utf8")) as { dependencies?: Record<string, string> };
      return [name, Object.keys(dependencies).flatMap((used) => /^@osteon\/(.+)$/.exec(used)?.[1] ?? [])] as const;
    }),
  );
  const isApplication = new Set(folders.filter(({ parent }) => parent === "apps").map(({ name }) => name));
  const layerOf = (name: string): number => 1 + Math.max(-1, ...uses.get(name)!.map(layerOf));
  const layers: string[][] = [];
  for (const name of uses.keys()) if (!isApplication.has(name)) (layers[layerOf(name)] ??= []).push(name);
  const boxes = [
    ...layers.map((names) => names.toSorted()),
    [...isApplication].toSorted().map((name) => `apps/${name}`),
  ];
  return boxes.map(drawBox).join(`${" ".repeat(width / 2)}▲\n`);
}

function drawBox(names: readonly string[]): string {
  const inside = width - 4;
  const lines: string[] = [];
  for (const name of names) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + name.length + 3 <= inside) lines[lines.length - 1] = `${last} · ${name}`;
    else lines.push(name);
  }
  const rule = "─".repeat(width - 2);
  return [`┌${rule}┐`, ...lines.map((line) => `│ ${line.padEnd(inside)} │`), `└${rule}┘`, ""].join("\n");
}
