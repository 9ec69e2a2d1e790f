import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rm, symlink } from "node:fs/promises";
import type { ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { OsteonError } from "@osteon/errors";
import { describe, expect, it, onTestFinished } from "vitest";
import { defaultRetryPolicy } from "../service/retry.ts";
import { madeUpFile, smallProject, type MadeUpProject } from "../testing/gdc-project.ts";
import { pageOf, sendFile, startGdcServer, type Fault, type GdcServer } from "../testing/gdc-server.ts";
import type { GdcManifest } from "./download-manifest.ts";
import { downloadGdcProject, type GdcDownloadOptions } from "./download-project.ts";

interface Bench {
  readonly server: GdcServer;
  readonly directory: string;
  /** Waits that were asked for; none is waited. */
  readonly waits: number[];
  readonly download: (options?: GdcDownloadOptions) => ReturnType<typeof downloadGdcProject>;
  readonly manifest: () => GdcManifest;
  /** Names below the folder, sorted. */
  readonly names: () => Promise<string[]>;
  readonly dataRequests: () => string[];
}

async function bench(fault?: Fault, project: MadeUpProject = smallProject()): Promise<Bench> {
  const server = await startGdcServer(project, fault);
  const directory = await mkdtemp(join(tmpdir(), "osteon-gdc-"));
  onTestFinished(async () => {
    await server.close();
    await rm(directory, { recursive: true, force: true });
  });
  const waits: number[] = [];
  const retries = { ...defaultRetryPolicy, wait: (milliseconds: number) => Promise.resolve(waits.push(milliseconds)) };
  return {
    server,
    directory,
    waits,
    download: (options) => downloadGdcProject("TARGET-OS", directory, { service: server.url, retries, ...options }),
    manifest: () => JSON.parse(readFileSync(join(directory, "manifest.json"), "utf8")) as GdcManifest,
    names: async () => (await readdir(directory, { recursive: true })).sort(),
    dataRequests: () => server.requests.map(({ path }) => path).filter((path) => path.startsWith("/data/")),
  };
}

const isFirstFile = (path: string) => path.startsWith("/data/") && path.endsWith("000000000001");
/** Breaks the first answer for the first file, or as many as said. */
const onFirstFile =
  (answer: (...parameters: Parameters<Fault>) => void, times = 1): Fault =>
  (request, response, content) => {
    if (!isFirstFile(request.path) || request.before >= times) return false;
    answer(request, response, content);
    return true;
  };

describe("a download", () => {
  it("fetches what is open, says what it is, and a second call does nothing", async () => {
    const controlled = madeUpFile(99, "maf", [["x", "x"]], Buffer.from("secret"), { access: "controlled" });
    const whole = smallProject();
    const unattributed = madeUpFile(98, "maf", [], Buffer.from("nobody's"), { cases: undefined });
    const project = { ...whole, files: [...whole.files, controlled, unattributed] };
    const { server, directory, download, manifest, names, dataRequests } = await bench(undefined, project);
    const seen: number[] = [];
    const first = await download({ onProgress: ({ bytesDone }) => seen.push(bytesDone) });
    expect(first).toMatchObject({
      project: "TARGET-OS",
      cases: 4,
      files: { mutations: 4, expression: 3, "copy-number": 2 },
      fetched: 9,
    });
    expect(dataRequests()).toHaveLength(9);
    for (const { id } of [controlled, unattributed]) expect(dataRequests().join()).not.toContain(id);
    expect(seen.at(-1)).toBe(whole.files.reduce((sum, { content }) => sum + content.length, 0));
    const { files, cases, service } = manifest();
    expect(service).toBe(server.url);
    expect(cases.count).toBe(4);
    for (const file of files) {
      expect(file.state).toBe("done");
      const content = readFileSync(join(directory, file.path));
      expect(content.equals(whole.files.find(({ id }) => id === file.id)!.content)).toBe(true);
    }
    expect(files.find(({ kind }) => kind === "mutations")!.aliquots).toEqual([
      { aliquot: "TARGET-40-AAAAAA-01A-01D", sample: "TARGET-40-AAAAAA-01A" },
      { aliquot: "TARGET-40-AAAAAA-10A-01D", sample: "TARGET-40-AAAAAA-10A" },
    ]);
    const asked = server.requests.length;
    expect(await download()).toEqual({ ...first, fetched: 0 });
    expect(server.requests).toHaveLength(asked);
    expect((await names()).filter((name) => name.endsWith(".part"))).toEqual([]);
  });

  it("stores of a case what it asked for, and nothing else that the server sends", async () => {
    const { server, directory, download } = await bench();
    await download();
    const [search] = server.requests;
    expect(search!.body.fields!.split(",")).toContain("demographic.vital_status");
    expect(search!.body.fields).not.toMatch(/race|datetime|year|,samples,|expand/);
    const text = readFileSync(join(directory, "cases.jsonl"), "utf8");
    expect(text.match(/\n/g)).toHaveLength(4);
    expect(text).not.toMatch(/KANARIENVOGEL|datetime|case_id/);
    expect(readFileSync(join(directory, "manifest.json"), "utf8")).not.toContain("KANARIENVOGEL");
  });

  it("takes of several workflows the one that measured most samples", async () => {
    const whole = smallProject();
    const other = madeUpFile(98, "copyNumber", [["TARGET-40-AAAAAA-01A", "x"]], Buffer.from("y"), {
      analysis: { workflow_type: "ABSOLUTE LiftOver" },
    });
    const { download, dataRequests } = await bench(undefined, { ...whole, files: [...whole.files, other] });
    expect((await download()).files["copy-number"]).toBe(2);
    expect(dataRequests().join()).not.toContain(other.id);
  });

  it("reads lists page by page, also where pages hold fewer than asked for", async () => {
    const sizes: number[] = [];
    const { server, download } = await bench(({ path, body }, response) => {
      if (path !== "/files") return false;
      const hits = server.project.files.map(({ hit }) => hit);
      sizes.push(body.from!);
      response.end(pageOf(hits, body.from!, body.from === 0 ? 5 : 2));
      return true;
    });
    expect((await download()).fetched).toBe(9);
    expect(sizes).toEqual([0, 5, 7]);
  });

  it("reads a list again that shrinks while it is read, and gives up one that does so each time", async () => {
    let shrinking = 1;
    let lists = 0;
    const { server, download } = await bench(({ path, body }, response) => {
      if (path !== "/files") return false;
      const hits = server.project.files.map(({ hit }) => hit);
      if (body.from === 0) lists++;
      response.end(pageOf(body.from !== 0 && lists <= shrinking ? hits.slice(1) : hits, body.from!, 6));
      return true;
    });
    expect((await download()).fetched).toBe(9);
    expect(lists).toBe(2);
    lists = 0;
    shrinking = 100;
    await expect(download({ refresh: true })).rejects.toMatchObject({ code: "connectors.gdc-answer" });
    expect(lists).toBe(3);
  });

  it("asks for the list anew where it is told to, and keeps what is still in it", async () => {
    const { server, download, dataRequests } = await bench();
    await download();
    const added = madeUpFile(97, "maf", [["TARGET-40-DDDDDD-01A", "TARGET-40-DDDDDD-01A-01D"]], Buffer.from("new"));
    server.project = { ...server.project, files: [...server.project.files.slice(1), added] };
    expect((await download()).fetched).toBe(0);
    expect(await download({ refresh: true })).toMatchObject({ fetched: 1, files: { mutations: 4 } });
    expect(dataRequests()).toHaveLength(10);
  });

  it("mends a file that was damaged since", async () => {
    const { directory, download, manifest, dataRequests } = await bench();
    await download();
    writeFileSync(join(directory, manifest().files[3]!.path), "damaged");
    expect((await download()).fetched).toBe(1);
    expect(dataRequests()).toHaveLength(10);
  });

  it("refuses a folder that holds another project, unknown projects and addresses, and a foreign record", async () => {
    const { server, directory, download } = await bench();
    await download();
    const options = { service: server.url };
    await expect(downloadGdcProject("TCGA-SARC", directory, options)).rejects.toMatchObject({
      code: "connectors.gdc-other-project",
    });
    await expect(downloadGdcProject("NONE", join(directory, "other"), options)).rejects.toMatchObject({
      code: "connectors.gdc-no-cases",
    });
    for (const service of ["http://example.org", "ftp://127.0.0.1", "https://me:word@example.org", "nowhere"]) {
      await expect(download({ service })).rejects.toMatchObject({ code: "connectors.gdc-address" });
    }
    writeFileSync(join(directory, "manifest.json"), `{"format":"KANARIENVOGEL"}`);
    await expect(download()).rejects.toThrow(/manifest\.json is not the record/);
  });

  it("says so where a project has no open file that is read", async () => {
    const { download } = await bench(undefined, { ...smallProject(), files: [] });
    await expect(download()).rejects.toMatchObject({ code: "connectors.gdc-no-files" });
  });
});

describe("a failure that may pass", () => {
  it("429 is waited for as long as Retry-After says, in seconds or as a date", async () => {
    const { download, waits } = await bench((request, response) => {
      const after = request.before === 0 ? "17" : new Date(Date.now() + 120_000).toUTCString();
      return onFirstFile(() => response.writeHead(429, { "retry-after": after }).end(), 2)(
        request,
        response,
        Buffer.alloc(0),
      );
    });
    await download();
    expect(waits).toHaveLength(2);
    expect(waits[0]).toBe(17_000);
    expect(waits[1]).toBeGreaterThan(100_000);
  });

  it("500 is tried again, for lists as for files", async () => {
    const { download, waits } = await bench(({ path, before }, response) => {
      if (before > 0 || !(path === "/cases" || path === "/files" || isFirstFile(path))) return false;
      response.writeHead(500).end("KANARIENVOGEL");
      return true;
    });
    expect((await download()).fetched).toBe(9);
    expect(waits).toHaveLength(3);
  });

  it.each<readonly [what: string, end: (response: ServerResponse) => void]>([
    ["a body that ends before its length", (response) => void response.destroy()],
    ["a body without a length that ends early", (response) => void response.end()],
    ["a connection that is reset", (response) => void response.socket?.resetAndDestroy()],
  ])("%s is gone on with where it ended", async (what, end) => {
    const { server, directory, download } = await bench(
      onFirstFile((request, response, content) => {
        response.writeHead(200, what.includes("without") ? {} : { "content-length": content.length });
        response.write(content.subarray(0, 20));
        // Not before they have arrived: what is on the way is lost with the connection.
        const partial = join(directory, "mutations", `${request.path.slice("/data/".length)}.maf.gz.part`);
        const timer = setInterval(() => {
          if (statSync(partial, { throwIfNoEntry: false })?.size !== 20) return;
          clearInterval(timer);
          end(response);
        }, 5);
      }),
    );
    await download();
    const ranges = server.requests.filter(({ path }) => isFirstFile(path)).map(({ range }) => range);
    expect(ranges).toEqual([undefined, "bytes=20-"]);
  });

  it("a server without ranges sends the whole file again", async () => {
    const { download, dataRequests } = await bench((request, response, content) => {
      if (!isFirstFile(request.path)) return false;
      if (request.before > 0) sendFile(response, content, undefined);
      else response.writeHead(200).end(content.subarray(0, 20));
      return true;
    });
    expect((await download()).fetched).toBe(9);
    expect(dataRequests()).toHaveLength(10);
  });

  it.each([
    ["416", 416, {}],
    ["another part than asked for", 206, { "content-range": "bytes 3-9/10" }],
    ["a part without saying which", 206, {}],
  ])("%s begins the file anew", async (_, status, headers) => {
    const { server, download } = await bench((request, response, content) => {
      if (!isFirstFile(request.path) || request.before > 1) return false;
      if (request.before === 0) response.writeHead(200).end(content.subarray(0, 20));
      else response.writeHead(status, headers).end("other");
      return true;
    });
    await download();
    const ranges = server.requests.filter(({ path }) => isFirstFile(path)).map(({ range }) => range);
    expect(ranges).toEqual([undefined, "bytes=20-", undefined]);
  });

  it("a trickle is given up, and gone on with", async () => {
    const { server, download } = await bench(
      onFirstFile((_, response, content) => {
        response.writeHead(200, { "content-length": content.length });
        let sent = 0;
        const timer = setInterval(() => response.write(content.subarray(sent, ++sent)), 20);
        response.once("close", () => clearInterval(timer));
      }),
    );
    await download({ stallMs: 1_000 });
    const ranges = server.requests.filter(({ path }) => isFirstFile(path)).map(({ range }) => range);
    expect(ranges[1]).toMatch(/^bytes=\d+-$/);
  });

  it("a list that is not JSON is asked for again, and named if it stays so", async () => {
    const { server, download } = await bench(({ path, before }, response) => {
      if (path !== "/cases" || before > 0) return false;
      response.end("<html>KANARIENVOGEL</html>");
      return true;
    });
    expect((await download()).fetched).toBe(9);
    server.fault = (_, response) => Boolean(response.end("{"));
    const failure = await download({ refresh: true }).catch((error: unknown) => error as OsteonError);
    expect(failure).toMatchObject({ code: "connectors.gdc-unavailable" });
    expect((failure as OsteonError).message).toContain("not JSON");
  });
});

describe("a failure that stays", () => {
  it("of a server that asks to wait too long is told at once, with the time", async () => {
    const { download, waits } = await bench((_, response) =>
      Boolean(response.writeHead(503, { "retry-after": "3600" }).end()),
    );
    await expect(download()).rejects.toThrow(/status 503, asking to wait for 3600 s/);
    expect(waits).toEqual([]);
  });

  it("is tried a bounded number of times, and what has come is kept", async () => {
    const { server, download, names } = await bench(({ path }, response) => {
      if (!isFirstFile(path)) return false;
      response.writeHead(503).end();
      return true;
    });
    await expect(download({ parallel: 1 })).rejects.toMatchObject({ code: "connectors.gdc-unavailable" });
    expect(server.requests.filter(({ path }) => isFirstFile(path))).toHaveLength(6);
    server.fault = () => false;
    expect((await download()).fetched).toBe(9);
    expect((await names()).filter((name) => name.endsWith(".part"))).toEqual([]);
  });

  it("of a server that is not there is named", async () => {
    const { server, download } = await bench();
    await server.close();
    await expect(download()).rejects.toThrow(/ECONNREFUSED/);
  });

  it("of a list in another shape names the place and no value", async () => {
    const { download } = await bench((_, response) =>
      Boolean(response.end(`{"data":{"hits":[{"submitter_id":{"KANARIENVOGEL":1}}],"pagination":{"total":1}}}`)),
    );
    const failure = (await download().catch((error: unknown) => error)) as OsteonError;
    expect(failure.message).toContain("data.hits.#.submitter_id is not as documented");
    expect(failure.message).not.toContain("KANARIENVOGEL");
  });

  it("a wrong md5 once is fetched again", async () => {
    const wrong = onFirstFile((_, response, content) => {
      response.writeHead(200).end(Buffer.alloc(content.length, "x"));
    });
    const { download, dataRequests } = await bench(wrong);
    expect((await download()).fetched).toBe(9);
    expect(dataRequests()).toHaveLength(10);
  });

  it.each([
    ["of the same length", (content: Buffer) => Buffer.alloc(content.length, "x")],
    ["that is longer", (content: Buffer) => Buffer.concat([content, content])],
  ])("a wrong content %s twice ends with an error, after all others have come", async (_, change) => {
    const wrong = onFirstFile((_, response, content) => void response.writeHead(200).end(change(content)), 99);
    const { server, directory, download, manifest } = await bench(wrong);
    const failure = (await download().catch((error: unknown) => error)) as OsteonError;
    expect(failure.code).toBe("connectors.gdc-files-failed");
    expect(failure.message).toMatch(/1 of 9 files.*mutations\/.*1\.maf\.gz came twice with another content/);
    const [first, ...others] = manifest().files;
    expect(first!.state).toBe("pending");
    expect(existsSync(join(directory, first!.path))).toBe(false);
    expect(others.every(({ state }) => state === "done")).toBe(true);
    server.fault = () => false;
    expect((await download()).fetched).toBe(1);
  });

  it("a file that the server refuses is named, and does not hold others up", async () => {
    const refused = onFirstFile((_, response) => void response.writeHead(403).end("KANARIENVOGEL"), 99);
    const { download, dataRequests } = await bench(refused);
    await expect(download()).rejects.toThrow(/1 of 9 files.*status 403/);
    expect(dataRequests()).toHaveLength(9);
  });
});

describe("a download that is stopped", () => {
  it("by its signal ends at once and goes on later", async () => {
    const controller = new AbortController();
    const { server, download } = await bench((_, response, content) => {
      if (content.length === 0 || content[0] !== 0x1f) return false;
      response.writeHead(200, { "content-length": content.length });
      response.write(content.subarray(0, 30), () => controller.abort());
      return true;
    });
    await expect(download({ signal: controller.signal })).rejects.toMatchObject({ name: "AbortError" });
    server.fault = () => false;
    await expect(download({ signal: controller.signal })).rejects.toMatchObject({ name: "AbortError" });
    expect((await download()).fetched).toBeGreaterThan(0);
  });

  it("after a file had its name and before that was noted takes it as it is", async () => {
    const { directory, download, manifest, dataRequests } = await bench();
    await download();
    const before = manifest();
    const files = before.files.map((file) => ({ ...file, state: "pending" }));
    writeFileSync(join(directory, "manifest.json"), JSON.stringify({ ...before, files }));
    expect((await download()).fetched).toBe(0);
    expect(dataRequests()).toHaveLength(9);
    expect(manifest()).toEqual(before);
  });

  it("with more in a partial file than the file has begins it anew", async () => {
    const { server, directory, download } = await bench();
    await mkdir(join(directory, "mutations"), { recursive: true });
    const id = server.project.files[0]!.id;
    writeFileSync(join(directory, "mutations", `${id}.maf.gz.part`), Buffer.alloc(100_000));
    await download();
    expect(server.requests.find(({ path }) => isFirstFile(path))!.range).toBeUndefined();
  });
});

describe("a disk", () => {
  it("without room is found out before", async () => {
    const { download, dataRequests } = await bench();
    const attempt = download({ freeBytes: () => Promise.resolve(100 * 1024 * 1024 + 500) });
    await expect(attempt).rejects.toMatchObject({ code: "system.no-space" });
    await expect(attempt).rejects.toThrow(/105 MB are free/);
    expect(dataRequests()).toEqual([]);
  });

  it.runIf(existsSync("/dev/full"))("that runs full is named, and the download goes on later", async () => {
    const { server, directory, download } = await bench();
    await mkdir(join(directory, "mutations"), { recursive: true });
    const partial = join(directory, "mutations", `${server.project.files[0]!.id}.maf.gz.part`);
    await symlink("/dev/full", partial);
    const failure = (await download().catch((error: unknown) => error)) as OsteonError;
    expect(failure).toBeInstanceOf(OsteonError);
    expect(failure).toMatchObject({ code: "system.no-space", parameters: { reason: "ENOSPC" } });
    await rm(partial);
    expect((await download()).fetched).toBeGreaterThan(0);
  });
});
