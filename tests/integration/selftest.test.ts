import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { join } from "node:path";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import type { DriftCheck, DriftRecord } from "@osteon/contracts";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { hasOpenssl, makeCertificate } from "../../packages/service/src/testing/certificates.ts";
import { withAudit } from "../../apps/cli/src/audit/open-audit.ts";
import { configurationWith } from "../../apps/cli/src/configuration/read-configuration.ts";
import { parseRateLimit, retryAfterSeconds } from "../../apps/cli/src/selftest/rate-limit.ts";
import { serviceAt } from "../../apps/cli/src/selftest/service-under-test.ts";
import { outcomeOf, selftest } from "./support/selftest-subject.ts";
import { temporaryFolder } from "./support/small-run.ts";
import { standInToken, startStandIn, wellAnswers, type StandInAnswer } from "./support/stand-in-service.ts";

/* What the selftest says of a service and of files, where they are well and where they are not. */

const version = "9f2c4be101a3d7e5";
const well = wellAnswers(version);

const emptyCheck: Omit<DriftCheck, "state"> = {
  format: "osteon-drift-check/1",
  question: "output",
  reasons: [],
  next: [],
  reference: { patients: 1_000, digest: "" },
  patients: { read: 0, known: 0, incomplete: 0, compared: 0 },
  comparison: null,
  sequential: null,
  notes: [],
};

/** Answers to whoever has the token; `request` counts from 1. */
function counted(answer: (request: number) => StandInAnswer) {
  let asked = 0;
  return (authorization: string | undefined): StandInAnswer =>
    authorization === `Bearer ${standInToken}` ? answer(++asked) : { status: 401 };
}

describe("the address of a service", () => {
  it("is refused where the token would cross a network in plain, or where it holds a password", async () => {
    expect(await selftest(["--url", "http://osteon.hospital.example"])).toEqual({ report: undefined, code: 4 });
    expect(await selftest(["--url", "https://me:word@osteon.hospital.example"])).toMatchObject({ code: 2 });
    expect(await selftest(["--url", "osteon.hospital.example"])).toMatchObject({ code: 2 });
    expect(await selftest(["--url", "http://127.0.0.1:1", "--requests", "199"])).toMatchObject({ code: 2 });
  });
});

describe("of a service", () => {
  it("health fails where nobody answers, another program does, or no model is loaded", async () => {
    const { report, code } = await selftest(["--url", "http://127.0.0.1:1"]);
    expect(report!.checks.find(({ name }) => name === "health")).toMatchObject({
      state: "failed",
      finding: "It does not answer (ECONNREFUSED).",
    });
    expect(report!.checks.filter(({ state }) => state === "failed")).toHaveLength(1);
    expect(code).toBe(5);
    expect(await outcomeOf("health", { url: await startStandIn(well) })).toMatchObject({ state: "passed" });
    const other = await startStandIn({ "GET /health": { body: { hello: "world" } } });
    expect(await outcomeOf("health", { url: other })).toMatchObject({ state: "failed" });
    const empty = await startStandIn({
      ...well,
      "GET /health": { status: 503, body: { status: "unavailable", model_loaded: false, model_version: null } },
    });
    expect(await outcomeOf("health", { url: empty })).toMatchObject({ finding: "No model is loaded." });
  });

  it.skipIf(!hasOpenssl)("transport and certificate fail without HSTS, and too near to the end", async () => {
    const folder = temporaryFolder();
    makeCertificate(folder, "proxy");
    const [cert, key] = ["crt", "key"].map((ending) => readFileSync(join(folder, `proxy.${ending}`), "utf8"));
    const url = await startStandIn(well, { cert: cert!, key: key! });
    expect(await outcomeOf("health", { url })).toMatchObject({
      state: "failed",
      finding: expect.stringMatching(/DEPTH_ZERO_SELF_SIGNED_CERT/),
    });
    const before = getCACertificates("default");
    onTestFinished(() => setDefaultCACertificates(before));
    setDefaultCACertificates([...before, cert!]);
    expect(await outcomeOf("transport", { url })).toMatchObject({
      state: "failed",
      finding: expect.stringMatching(/^TLSv1\.3, and no Strict-Transport-Security/),
    });
    expect(await outcomeOf("certificate", { url })).toMatchObject({ state: "failed", figures: [{ value: 29 }] });
    expect(await outcomeOf("certificate", { url, limits: { certificateDays: 14 } })).toMatchObject({ state: "passed" });
  });

  it("access fails where the service takes anybody, or any token", async () => {
    expect(await outcomeOf("access", { url: await startStandIn(well) })).toMatchObject({ state: "passed" });
    const anybody = await startStandIn({ ...well, "POST /generate": {} });
    expect((await outcomeOf("access", { url: anybody })).finding).toMatch(/without a token is answered with 200/);
    const anyToken = await startStandIn({
      ...well,
      "POST /generate": (authorization) => ({ status: authorization === undefined ? 401 : 200 }),
    });
    expect((await outcomeOf("access", { url: anyToken })).finding).toMatch(/with a wrong token is answered with 200/);
    const open = await startStandIn({ ...well, "GET /usage": {} });
    expect((await outcomeOf("access", { url: open })).finding).toMatch(/GET \/usage without a token/);
    const scoped = await startStandIn({
      ...well,
      "GET /usage": (authorization) => ({ status: authorization === undefined ? 401 : 403 }),
    });
    expect((await outcomeOf("access", { url: scoped })).finding).toMatch(/where it lacks the scope \(403\)/);
  });

  it("latency fails where two of a hundred are slow, or an answer is none", async () => {
    const slow = await startStandIn({
      ...well,
      "POST /generate": counted((request) => ({ afterMs: request % 50 === 0 ? 300 : 0 })),
    });
    expect(await outcomeOf("latency", { url: slow, limits: { p99Ms: 250 } })).toMatchObject({
      state: "failed",
      figures: [{ name: "p50" }, { name: "p99", limit: { value: 250 } }, { name: "max" }],
    });
    const broken = await startStandIn({
      ...well,
      "POST /generate": counted((request) => ({ status: request === 20 ? 500 : 200 })),
    });
    expect((await outcomeOf("latency", { url: broken })).finding).toBe("Request 19 is answered with 500 (no code).");
  });

  it("a connection that it ended while it was idle is no fault; one that it ends before an answer is", async () => {
    const used = new WeakSet<Socket>();
    const server = createServer(({ socket, url }, response) => {
      if (used.has(socket) || url === "/never") return void socket.destroy();
      used.add(socket);
      response.end("{}");
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const service = serviceAt(`http://127.0.0.1:${port}`, standInToken, new AbortController().signal);
    onTestFinished(() => {
      service.close();
      server.close();
    });
    expect(await service.ask({ path: "/health" })).toMatchObject({ status: 200 });
    expect(await service.ask({ path: "/health" })).toMatchObject({ status: 200, isReused: false });
    await expect(service.ask({ path: "/never" })).rejects.toMatchObject({ code: "ECONNRESET" });
  });

  it("latency waits for limits, tells of it, and does not judge what they did not let it measure", async () => {
    const limited = await startStandIn({
      ...well,
      "POST /generate": counted((request) => (request === 20 ? { status: 429, headers: { "retry-after": "1" } } : {})),
    });
    expect(await outcomeOf("latency", { url: limited })).toMatchObject({
      state: "passed",
      finding: expect.stringMatching(/^200 requests.*over 1 connection; 1 s were waited for its limits\.$/),
    });
    const usedUp = await startStandIn({
      ...well,
      "POST /generate": counted(() => ({ headers: { ratelimit: `"requests";r=9;t=9, "patients";r=0;t=80000` } })),
    });
    expect(await outcomeOf("latency", { url: usedUp })).toMatchObject({
      state: "not checked",
      finding: expect.stringMatching(/after 1 of 200 requests/),
    });
    expect(parseRateLimit(`"requests";r=9;t=9, "patients";r=0;t=80000`)).toEqual([
      { name: "requests", remaining: 9, resetSeconds: 9 },
      { name: "patients", remaining: 0, resetSeconds: 80_000 },
    ]);
    const date = new Date(5_000).toUTCString();
    expect(retryAfterSeconds({ headers: { "retry-after": date } }, 2_000)).toBe(3);
    expect(retryAfterSeconds({ headers: { "retry-after": "soon" } })).toBeUndefined();
  });

  it("drift fails where none was computed, the last is old or could not be made, or drift was found", async () => {
    const driftOf = async (answer: StandInAnswer) =>
      outcomeOf("drift", { url: await startStandIn({ ...well, "GET /drift": answer }) });
    const record = (state: DriftCheck["state"], daysAgo: number): DriftRecord => ({
      checked_at: new Date(Date.now() - daysAgo * 86_400_000).toISOString(),
      check: { ...emptyCheck, state },
      failure: null,
    });
    expect(await driftOf({ body: { input: record("watch", 1), output: record("stable", 2) } })).toMatchObject({
      state: "passed",
      figures: [{ value: 2, limit: { value: 8 } }],
    });
    expect(await driftOf({ body: { input: null, output: null } })).toMatchObject({
      state: "failed",
      finding: "No check of drift was ever made.",
    });
    expect(await driftOf({ body: { input: null, output: record("stable", 9) } })).toMatchObject({ state: "failed" });
    expect((await driftOf({ body: { input: record("drift", 1), output: null } })).finding).toMatch(/^Drift is found/);
    const failure = { at: new Date().toISOString(), code: "drift.state" };
    expect((await driftOf({ body: { input: null, output: { ...record("stable", 1), failure } } })).finding).toMatch(
      /could not be made \(drift\.state\)/,
    );
    expect(await driftOf({ status: 403 })).toMatchObject({ state: "not checked" });
    expect(await driftOf({ status: 500 })).toMatchObject({ state: "failed" });
  });
});

describe("of files", () => {
  it("backup fails where there is none, the last one is old, or its file is gone or short", async () => {
    const files = temporaryFolder();
    expect(await outcomeOf("backup", { files })).toMatchObject({ state: "failed" });
    const note = join(files, "backups", "last-backup.json");
    const file = "osteon-20260101T020304Z.tar.age";
    mkdirSync(join(files, "backups"));
    writeFileSync(join(files, "backups", file), "0123456789");
    const write = (hoursAgo: number, bytes: number) => {
      const finishedAt = new Date(Date.now() - hoursAgo * 3_600_000).toISOString();
      writeFileSync(note, JSON.stringify({ formatVersion: 1, file, finishedAt, bytes, sha256: "", onAir: version }));
    };
    write(30, 10);
    expect(await outcomeOf("backup", { files })).toMatchObject({
      state: "failed",
      figures: [{ value: 30, unit: "h", limit: { kind: "at most", value: 26 } }],
    });
    expect(await outcomeOf("backup", { files, limits: { backupHours: 48 } })).toMatchObject({ state: "passed" });
    write(1, 11);
    expect((await outcomeOf("backup", { files })).finding).toMatch(/has 10 bytes, and was written with 11/);
    rmSync(join(files, "backups", file));
    expect((await outcomeOf("backup", { files })).finding).toMatch(/is not in .* any more/);
  });

  it("audit fails where there is no trail, or an entry was changed", async () => {
    const files = temporaryFolder();
    expect((await outcomeOf("audit", { files })).finding).toMatch(/^There is no audit trail/);
    await withAudit(
      { configuration: configurationWith({}), registry: join(files, "registry") },
      { environment: {}, terminal: { line: () => undefined } },
      ({ log, principal }) =>
        log.enter({ action: "audit.verified", principal, detail: { segments: 0, entries: 0, faults: 0 } }),
    );
    expect(await outcomeOf("audit", { files })).toMatchObject({ state: "passed" });
    const segments = join(files, "audit", "segments");
    const file = join(segments, readdirSync(segments).sort()[0]!);
    writeFileSync(file, readFileSync(file, "utf8").replace(/"principal":"[^"]+"/, '"principal":"user:nobody"'));
    expect(await outcomeOf("audit", { files })).toMatchObject({
      state: "failed",
      finding: expect.stringMatching(/the first, in segment 1: altered/),
    });
  });

  it.skipIf(process.platform === "win32")(
    "key files fails where others may read one, or one is not there",
    async () => {
      const files = temporaryFolder();
      expect((await outcomeOf("key-files", { files })).finding).toMatch(/key\.txt is named, and not there/);
      writeFileSync(join(files, "key.txt"), "", { mode: 0o600 });
      mkdirSync(join(files, "api-keys"), { mode: 0o700 });
      expect(await outcomeOf("key-files", { files })).toMatchObject({ state: "passed", figures: [{ value: 2 }] });
      chmodSync(join(files, "api-keys"), 0o755);
      expect((await outcomeOf("key-files", { files })).finding).toMatch(/api-keys has the mode 0755/);
      chmodSync(join(files, "key.txt"), 0o640);
      expect((await outcomeOf("key-files", { files })).finding).toMatch(/key\.txt has the mode 0640/);
    },
  );

  it.runIf(process.getuid?.() === 0)(
    "key files takes a key that root lends to a group, as reading it does",
    async () => {
      const files = temporaryFolder();
      writeFileSync(join(files, "key.txt"), "", { mode: 0o440 });
      expect((await outcomeOf("key-files", { files })).finding).toMatch(/key\.txt has the mode 0440/);
      const user = vi.spyOn(process, "getuid").mockReturnValue(65532);
      onTestFinished(() => user.mockRestore());
      expect(await outcomeOf("key-files", { files })).toMatchObject({ state: "passed" });
      chmodSync(join(files, "key.txt"), 0o444);
      expect((await outcomeOf("key-files", { files })).finding).toMatch(/key\.txt has the mode 0444/);
    },
  );

  it("disk space fails where less is free than asked for", async () => {
    const files = temporaryFolder();
    mkdirSync(join(files, "registry"));
    expect(await outcomeOf("disk-space", { files, limits: { freeDiskShare: 0 } })).toMatchObject({ state: "passed" });
    expect(await outcomeOf("disk-space", { files, limits: { freeDiskShare: 1.01 } })).toMatchObject({
      state: "failed",
    });
  });
});
