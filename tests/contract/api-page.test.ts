import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { acceptTokens, createService, hashToken } from "@osteon/service";
import { asyncBufferFromFile, parquetReadObjects } from "hyparquet";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ApiDocument } from "../../packages/service/src/openapi-document.ts";
import { answerFormats } from "../../packages/service/src/answer-formats/answer-format.ts";
import { readCurrentContract } from "../../tools/contract/current-contract.ts";
import { createDescribedModel } from "./support/described-model.ts";

const page = readFileSync(new URL("../../docs/api.md", import.meta.url), "utf8");
const blocks = [...page.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, block]) => block!);
const hasCurl = spawnSync("curl", ["--version"]).status === 0;
if (!hasCurl) console.warn("NOT TESTED: the lines of docs/api.md. There is no curl in PATH.");

describe.skipIf(!hasCurl)("the lines of docs/api.md", () => {
  const token = "token-of-the-page";
  let folder: string;
  let address: string;
  let close: () => Promise<unknown>;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "osteon-api-page-"));
    const model = await createDescribedModel();
    const service = createService({ model: () => model, authenticator: acceptTokens([hashToken(token)]) });
    address = await service.listen({ host: "127.0.0.1", port: 0 });
    close = () => service.close();
  });
  afterAll(async () => {
    await close();
    rmSync(folder, { recursive: true, force: true });
  });

  const run = async (block: string): Promise<string> => {
    const shell = spawn("sh", ["-eu", "-c", block], {
      cwd: folder,
      env: { PATH: process.env["PATH"], OSTEON: address, TOKEN: token },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const [out, failure] = await Promise.all([shell.stdout.toArray(), shell.stderr.toArray()]);
    const code = shell.exitCode ?? (await new Promise((resolve) => void shell.once("exit", resolve)));
    expect(code, Buffer.concat(failure as Buffer[]).toString()).toBe(0);
    return Buffer.concat(out as Buffer[]).toString();
  };

  it("do what the page says", async () => {
    expect(blocks).toHaveLength(7);
    const [one, formats, chosen, twice, model, health, refused] = blocks;
    expect(JSON.parse(await run(one!))).toMatchObject({ simulated: true, seed: 7, clinical: { age_years: 15 } });

    await run(formats!);
    expect(readFileSync(join(folder, "patients.csv"), "utf8").trimEnd().split("\n")).toHaveLength(21);
    const lines = readFileSync(join(folder, "patients.ndjson"), "utf8").trimEnd().split("\n");
    expect(lines.map((line) => (JSON.parse(line) as { index: number }).index)).toEqual([...Array(20).keys()]);
    const file = await asyncBufferFromFile(join(folder, "patients.parquet"));
    expect(await parquetReadObjects({ file })).toHaveLength(20);

    const { patients } = JSON.parse(await run(chosen!)) as { patients: { expression: object; mutations: object }[] };
    expect(patients.map(({ expression, mutations }) => [Object.keys(expression), mutations])).toEqual(
      Array.from({ length: 3 }, () => [["GENE1"], {}]),
    );

    await run(twice!);
    expect(existsSync(join(folder, "attempt-2.json"))).toBe(true);
    expect(await run(model!)).toMatch(/"family":"factor-copula".*\}# Model card\n$/s);
    expect(await run(health!)).toMatch(/"healthy".*"alive".*"ready"/s);
    expect(await run(refused!)).toContain("a number of 0 to 89 years");
  });
});

describe("docs/api.md", () => {
  it("names every address, parameter, header and format of the interface", async () => {
    const document: ApiDocument = await readCurrentContract();
    const { parameters = [], responses } = document.paths["/generate"]!["post"]!;
    const named = [
      ...Object.keys(document.paths),
      ...parameters.filter((parameter) => parameter.in === "query").map(({ name }) => `\`${name}\``),
      ...Object.keys(responses["200"]!.headers!),
      ...Object.values(answerFormats).map(({ mediaType }) => mediaType),
    ];
    expect(named.filter((name) => !page.includes(name))).toEqual([]);
  });
});
