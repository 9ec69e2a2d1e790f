import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { parseConfiguration } from "../../apps/cli/src/configuration/read-configuration.ts";
import { programInProcess } from "../integration/support/in-process.ts";

const project = fileURLToPath(new URL("../..", import.meta.url));
const guide = readFileSync(join(project, "docs/deployment.md"), "utf8");
const blocks = (language: string) =>
  [...guide.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, "gms"))].map(([, text]) => text!);

describe("docs/deployment.md", () => {
  it("has configurations that Osteon accepts", () => {
    expect(blocks("yaml").length).toBeGreaterThan(0);
    const recipient = `age1${"q".repeat(58)}`;
    for (const text of blocks("yaml")) {
      expect(() => parseConfiguration(text.replaceAll("age1…", recipient), "osteon.yaml", {})).not.toThrow();
    }
  });

  it("names files that there are", () => {
    const paths = new Set(guide.match(/\bdeploy\/[a-z-]+(?:\/[\w.-]*\w)?/g));
    expect(paths.size).toBeGreaterThan(5);
    // Made by whoever follows the guide.
    const made = new Set(["deploy/container/secrets", "deploy/container/data"]);
    expect([...paths].filter((path) => !made.has(path) && !existsSync(join(project, path)))).toEqual([]);
  });

  it("calls commands that there are, with options that they have", () => {
    const calls = blocks("sh").flatMap((text) => [
      ...text.matchAll(/^(?:osteon|docker compose run --rm worker) (.+)$/gm),
    ]);
    expect(calls.length).toBeGreaterThan(5);
    for (const [line, words] of calls) {
      let command = programInProcess();
      for (const word of words!.split(" ")) {
        const next = command.commands.find((candidate) => candidate.name() === word);
        if (next === undefined) break;
        command = next;
      }
      const known = command.options.map(({ long }) => long);
      const given = words!.match(/--[a-z-]+/g) ?? [];
      expect([line, command.name() !== "osteon", given.filter((option) => !known.includes(option))]).toEqual([
        line,
        true,
        [],
      ]);
    }
  });
});
