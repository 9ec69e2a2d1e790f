import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runLayout } from "@osteon/pipeline";
import { describe, expect, it, onTestFinished } from "vitest";
import { smallProject } from "../../packages/connectors/src/gdc/testing/gdc-project.ts";
import { startGdcServer, type GdcServer } from "../../packages/connectors/src/gdc/testing/gdc-server.ts";
import { gdcCohort, gdcMark, gdcSupplement } from "./support/gdc-cohort.ts";
import { failureOf } from "./support/in-process.ts";
import { runOsteon, startOsteon } from "./support/osteon-process.ts";
import { observeRun, smallConfiguration, temporaryFolder } from "./support/small-run.ts";

const patients = 40;

async function serve(project = smallProject()): Promise<GdcServer> {
  const server = await startGdcServer(project);
  onTestFinished(() => server.close());
  return server;
}

const filesBelow = (directory: string): string[] =>
  readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

describe("a project of the GDC", () => {
  it("is downloaded, carried on, read and checked, and no id of it leaves the sealed files", async () => {
    const server = await serve(gdcCohort(patients));
    const folder = temporaryFolder();
    const words = ["source", "download", "--project", "TARGET-OS", "--out", "target-os", "--service", server.url];
    const first = await runOsteon([...words, "--json"], { cwd: folder });
    expect(first).toMatchObject({ code: 0, stderr: expect.not.stringContaining(gdcMark) as string });
    expect(JSON.parse(first.stdout)).toMatchObject({
      cases: patients,
      files: { mutations: patients, expression: patients, "copy-number": patients },
      fetched: 3 * patients,
    });
    await server.close();
    // Without a network, as in a hospital that the folder was carried into.
    const again = await runOsteon(words, { cwd: folder });
    expect(again.code).toBe(0);
    expect(again.stdout).toMatch(/40 cases; files of mutations 40.*all there before and sound/);

    const supplement = join(folder, "discovery.csv");
    writeFileSync(supplement, gdcSupplement(patients));
    const configuration = smallConfiguration({
      data: { source: "gdc", path: join(folder, "target-os"), clinical_supplement: [supplement] },
    });
    const directory = join(folder, "run");
    const request = { configuration, directory, steps: ["load", "deidentify", "check"] as const };
    const { manifest } = await observeRun(request);
    expect(manifest.steps.load?.detail).toMatchObject({
      patients,
      sequenced: patients,
      withExpression: patients,
      expressionGenes: 60,
    });
    expect(manifest.steps.load?.options).not.toHaveProperty("path");
    expect(manifest.steps.check?.detail).toMatchObject({ patients, leftOut: 0 });
    expect((await observeRun(request)).ran).toEqual([]);
    const record = JSON.parse(readFileSync(join(directory, runLayout.deidentificationRecord), "utf8")) as {
      dropped: { column: string }[];
    };
    expect(record.dropped.map(({ column }) => column)).toEqual(
      expect.arrayContaining(["Start_Position", "t_depth", "Matched_Norm_Sample_Barcode", "Year of Diagnosis"]),
    );
    for (const file of filesBelow(directory)) expect(readFileSync(file).includes(gdcMark), file).toBe(false);

    // Another supplement is another cohort.
    writeFileSync(supplement, gdcSupplement(patients).replace("Non-metastatic", "Metastatic"));
    expect((await observeRun(request)).ran).toEqual(["load", "deidentify", "check"]);
  });

  it("goes on after the process was killed in the middle of a file", async () => {
    const server = await serve();
    const folder = temporaryFolder();
    const out = join(folder, "target-os");
    const isHeld = (path: string) => path.startsWith("/data/") && path.endsWith("000000000004");
    server.fault = ({ path }, response, content) => {
      if (!isHeld(path)) return false;
      response.writeHead(200, { "content-length": content.length });
      response.write(content.subarray(0, 40));
      return true;
    };
    const words = ["source", "download", "--project", "TARGET-OS", "--out", out, "--service", server.url];
    const { child, ended } = startOsteon([...words, "--parallel", "2"]);
    const held = server.project.files.find(({ id }) => isHeld(`/data/${id}`))!;
    const partial = () => filesBelow(out).find((file) => file.endsWith(".part") && file.includes(held.id));
    await expect
      .poll(
        () => existsSync(join(out, "manifest.json")) && partial() !== undefined && readFileSync(partial()!).length,
        { timeout: 50_000 },
      )
      .toBe(40);
    child.kill("SIGKILL");
    expect((await ended).signal).toBe("SIGKILL");
    const done = filesBelow(out).filter((file) => /\.(?:maf\.gz|tsv)$/.test(file)).length;
    const before = server.requests.length;
    server.fault = () => false;
    const second = await runOsteon([...words, "--json"]);
    expect(second.code).toBe(0);
    expect(JSON.parse(second.stdout)).toMatchObject({ fetched: server.project.files.length - done });
    const asked = server.requests.slice(before);
    expect(asked.every(({ path }) => path.startsWith("/data/"))).toBe(true);
    expect(asked.find(({ path }) => isHeld(path))!.range).toBe("bytes=40-");
    expect(filesBelow(out).filter((file) => /\.part$|lock/.test(file))).toEqual([]);
  });

  it.each([
    ["by this Node", process.versions.node],
    ["by the bundled Node, which an older one hands over to", "20.0.0"],
  ])("stopped by Ctrl-C says how to go on, if run %s", async (_, version) => {
    const folder = temporaryFolder();
    const versionFile = join(folder, "version.cjs");
    writeFileSync(
      versionFile,
      `Object.defineProperty(process, "versions", { value: { ...process.versions, node: "${version}" } });`,
    );
    const server = await serve();
    const out = join(folder, "target-os");
    let begin = () => {};
    const begun = new Promise<void>((resolve) => (begin = resolve));
    server.fault = ({ path }) => {
      if (path.startsWith("/data/")) begin();
      return path.startsWith("/data/");
    };
    const words = ["source", "download", "--project", "TARGET-OS", "--out", out, "--service", server.url];
    const { child, ended } = startOsteon(words, { environment: { NODE_OPTIONS: `--require=${versionFile}` } });
    await begun;
    child.kill("SIGINT");
    expect(await ended).toMatchObject({
      code: 130,
      stderr: expect.stringContaining("run the same command again") as string,
    });
  });

  it("that is not there, or is asked for wrongly, is told with its exit code", async () => {
    const server = await serve();
    const out = join(temporaryFolder(), "out");
    const download = (...words: string[]) => failureOf(["source", "download", "--out", out, ...words]);
    expect(await download("--project", "NONE", "--service", server.url)).toMatchObject({
      code: 2,
      message: expect.stringContaining("no case of project NONE") as string,
    });
    expect(await download("--project", "TARGET-OS", "--service", "http://example.org")).toMatchObject({ code: 2 });
    expect(await download("--project", "TARGET-OS", "--parallel", "99")).toMatchObject({ code: 2 });
  });
});
