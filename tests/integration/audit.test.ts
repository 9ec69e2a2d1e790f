import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { packageOfRun, runPipeline } from "@osteon/pipeline";
import { createIdentityFile } from "@osteon/registry";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { failureOf, printedBy } from "./support/in-process.ts";
import { startOsteon } from "./support/osteon-process.ts";
import { smallConfiguration } from "./support/small-run.ts";

/** A folder with a run's package, its key, a registry and the trail beside it, `audit`. */
let folder: string;
let version: string;
const at = (...names: string[]) => join(folder, ...names);
const key = () => ["--key", at("key.txt")];
const place = () => ["--registry", at("registry")];
const override = ["--override", "--reason", "the trail's own test"];

interface Entry {
  readonly segment: number;
  readonly event: {
    readonly action: string;
    readonly principal: string;
    readonly outcome: string;
    readonly operation?: string;
    readonly errorCode?: string;
    readonly detail: Record<string, unknown>;
  };
}

/** What the trail holds of an action; reading it does not enter anything here, as the copy has no private key. */
async function entriesOf(action: string, directory = at("audit")): Promise<Entry["event"][]> {
  const copy = mkdtempSync(at("copy-"));
  cpSync(join(directory, "segments"), join(copy, "segments"), { recursive: true });
  const printed = await printedBy(["audit", "export", "--audit", copy, "--format", "json", "--action", action]);
  return printed
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => (JSON.parse(line) as Entry).event);
}

const verify = (...words: string[]) => failureOf(["audit", "verify", ...place(), ...words]);
const report = async (...words: string[]) =>
  JSON.parse(await printedBy(["audit", "verify", ...place(), "--json", ...words])) as {
    entries: number;
    findings: unknown[];
    notes: unknown[];
  };

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "osteon-audit-"));
  await createIdentityFile(at("key.txt"));
  const configuration = smallConfiguration({
    encryption: { key_path: at("key.txt") },
  });
  await runPipeline({ configuration, directory: at("run"), osteonVersion: "0.1.0" });
  cpSync(packageOfRun(at("run")), at("model.osteon"));
  await printedBy(["models", "add", "--model", at("model.osteon"), ...key(), ...place()]);
  const added = await entriesOf("model.added");
  version = String(added[0]!.detail["model"]);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("commands on the registry", () => {
  it("are in the trail beside it, before and after they are done", async () => {
    expect(await entriesOf("model.added")).toMatchObject([
      { outcome: "attempted", principal: expect.stringMatching(/^user:\S+$/) as string },
      { outcome: "succeeded", detail: { model: version } },
    ]);
    expect((await failureOf(["models", "promote", version, ...key(), ...place()])).code).toBe(3);
    await printedBy(["models", "promote", version, ...key(), ...place(), ...override, "--by", "Ada"]);
    expect((await failureOf(["models", "rollback", ...key(), ...place()])).code).toBe(2);
    expect((await failureOf(["models", "promote", "no-version", ...key(), ...place()])).code).toBe(2);
    const promoted = await entriesOf("model.promoted");
    expect(promoted.map(({ outcome, errorCode }) => [outcome, errorCode])).toEqual([
      ["attempted", undefined],
      ["failed", "registry.gate"],
      ["attempted", undefined],
      ["succeeded", undefined],
      ["attempted", undefined],
      ["failed", "registry.version-unknown"],
    ]);
    expect(promoted[3]!.detail).toEqual({
      model: version,
      from: null,
      by: "Ada",
      reason: "the trail's own test",
      overridden: true,
    });
    expect(await entriesOf("model.rolled-back")).toMatchObject([
      { outcome: "attempted" },
      { outcome: "failed", errorCode: "registry.no-rollback" },
    ]);
    expect((await report()).findings).toEqual([]);
  });

  it("are not done where the trail cannot be written, unless it is not required", async () => {
    renameSync(at("audit", "segments"), at("segments-away"));
    writeFileSync(at("audit", "segments"), "");
    const moves = () => readdirSync(at("registry", "production"));
    const before = moves();
    const words = ["models", "promote", version, ...key(), ...place(), ...override];
    expect(await failureOf(words)).toMatchObject({
      code: 5,
      message: expect.stringContaining("so what was asked for was not done") as string,
    });
    expect(moves()).toEqual(before);
    writeFileSync(at("lenient.yaml"), "audit: { required: false }\n");
    await printedBy([...words, "--config", at("lenient.yaml")]);
    expect(moves()).toHaveLength(before.length + 1);
    rmSync(at("audit", "segments"));
    renameSync(at("segments-away"), at("audit", "segments"));
    expect((await report()).findings).toEqual([]);
  });
});

describe("exports", () => {
  it("are in the trail that the configuration names, by bins and digests; without one there is no trail", async () => {
    writeFileSync(at("audited.yaml"), `audit: { directory: exports }\nencryption: { key_path: key.txt }\n`);
    const words = ["generate", "-m", at("model.osteon"), "--count", "5", "--event-occurred", "0"];
    const audited = ["--config", at("audited.yaml")];
    const profile = ["--survival-time", "417.5693", "--seed", "481516234299"];
    await printedBy([...words, ...profile, ...audited, "--out", at("out-1")]);
    await printedBy([...words, ...profile, ...audited, "--out", at("out-2")]);
    await printedBy([...words, ...audited, "--out", at("out-3")]);
    await printedBy(["models", "export", "-m", at("model.osteon"), ...audited, "--out", at("onnx")]);
    const rare = ["--survival-time", "41.2568", "--event-occurred", "1", "--age", "4.1257", "--metastasis", "1"];
    expect((await failureOf([...words, ...rare, ...audited, "--out", at("out-4")])).code).toBe(3);
    const exported = await entriesOf("patients.exported", at("exports"));
    expect(exported.map(({ outcome }) => outcome)).toEqual([
      "attempted",
      "succeeded",
      "attempted",
      "succeeded",
      "attempted",
      "succeeded",
      "attempted",
      "failed",
    ]);
    const details = exported.filter((_, index) => index % 2 === 0).map(({ detail }) => detail);
    expect(details[0]).toMatchObject({
      model: version,
      patients: 5,
      conditions: { survival_time: "1 to 3 years", event_occurred: 0 },
    });
    expect(details[0]!["profileDigest"]).toBe(details[1]!["profileDigest"]);
    expect(details[0]!["profileDigest"]).not.toBe(details[2]!["profileDigest"]);
    expect(await entriesOf("model.exported", at("exports"))).toHaveLength(2);
    const trail = readdirSync(at("exports", "segments")).map((name) =>
      readFileSync(at("exports", "segments", name), "utf8"),
    );
    expect(trail.join("")).not.toMatch(/417\.5693|481516234299|41\.2568|4\.1257/);
    await printedBy([...words, ...key(), "--out", at("out-5")]);
    expect(existsSync(at("audit-of-nobody"))).toBe(false);
    expect(await entriesOf("patients.exported", at("exports"))).toHaveLength(8);
  });
});

describe("osteon audit", () => {
  it("lists by action, principal and time, and enters that it did", async () => {
    const list = (...words: string[]) => printedBy(["audit", "list", ...place(), ...words]);
    const lines = (await list("--action", "model.added,audit")).split("\n");
    expect(lines[0]).toMatch(/^\S+Z {2}user:\S+ {2}model\.added {2}attempted {2}\{"model":"[0-9a-f]{16}"\}$/);
    expect(lines.at(-1)).toMatch(/audit\.exported {2}succeeded {2}\{"format":"list"\}$/);
    expect(await list("--principal", "user:nobody")).toBe("");
    expect(await list("--until", "2020-01-01")).toBe("");
    expect((await list("--since", "2020-01-01T00:00:00+01:00")).split("\n").length).toBeGreaterThan(5);
    for (const [words, message] of [
      [["--action", "dance"], /--action takes/],
      [["--since", "yesterday"], /--since takes/],
      [["--until", "2026-13-45"], /--until takes/],
    ] as const) {
      expect(await failureOf(["audit", "list", ...place(), ...words])).toMatchObject({
        code: 2,
        message: expect.stringMatching(message) as string,
      });
    }
    expect((await failureOf(["audit", "export", ...place(), "--format", "xml"])).code).toBe(2);
    expect(await failureOf(["audit", "list", "--audit", at("nowhere")])).toMatchObject({ code: 2 });
  });

  it("exports FHIR and CSV, one entry a line", async () => {
    const words = ["audit", "export", ...place(), "--action", "model.promoted", "--format"];
    const fhir = (await printedBy([...words, "fhir"])).trimEnd().split("\n");
    for (const line of fhir.filter((text) => text !== "")) {
      expect(JSON.parse(line)).toMatchObject({ resourceType: "AuditEvent", type: { code: "110113" } });
    }
    expect(await printedBy([...words, "csv"])).toMatch(/^segment,line,at,/);
  });

  it("verifies a copy by the public key alone, and names what was altered", async () => {
    const before = await report();
    expect(before.findings).toEqual([]);
    // Verifying is entered too.
    expect((await report()).entries).toBe(before.entries + 1);
    const copy = at("for-the-officer");
    cpSync(at("audit", "segments"), join(copy, "segments"), { recursive: true });
    const offline = ["audit", "verify", "--audit", copy];
    expect(await failureOf(offline)).toMatchObject({
      code: 2,
      message: expect.stringContaining("--public-key") as string,
    });
    const publicKey = ["--public-key", at("audit", "keys", "signing.pem.pub")];
    expect(await printedBy([...offline, ...publicKey])).toContain("everything holds");
    expect(await failureOf([...offline, "--public-key", at("registry", "keys", "signing.pem.pub")])).toMatchObject({
      code: 4,
      message: expect.stringMatching(/segment 1, line 1: foreign-key/) as string,
    });
    const first = join(copy, "segments", "00000001.jsonl");
    writeFileSync(first, readFileSync(first, "utf8").replace("succeeded", "attempted"));
    expect(await failureOf([...offline, ...publicKey])).toMatchObject({
      code: 4,
      message: expect.stringMatching(/1 fault\(s\), the first: segment 1, line 3: altered/) as string,
    });
    expect(await printedBy([...offline, ...publicKey, "--from", "2"])).toContain("everything holds");
    expect((await failureOf([...offline, ...publicKey, "--from", "0"])).code).toBe(2);
  });

  it("finds a trail that was put back to an earlier state, by a checkpoint kept elsewhere", async () => {
    const earlier = at("earlier");
    cpSync(at("audit"), earlier, { recursive: true });
    await report();
    await printedBy(["audit", "checkpoint", ...place(), "--out", at("kept.checkpoint")]);
    const expected = ["--expect-checkpoint", at("kept.checkpoint")];
    expect((await report(...expected)).findings).toEqual([]);
    expect(await failureOf(["audit", "verify", "--audit", earlier, ...expected])).toMatchObject({
      code: 4,
      message: expect.stringContaining("checkpoint-missing") as string,
    });
    expect((await verify("--expect-checkpoint", at("model.osteon"))).code).toBe(2);
  });

  it("prunes nothing that is younger than six years, and takes no shorter retention", async () => {
    const before = readdirSync(at("audit", "segments")).length;
    expect(await printedBy(["audit", "prune", ...place()])).toBe("Nothing is old enough to be removed.");
    expect(readdirSync(at("audit", "segments"))).toHaveLength(before);
    writeFileSync(at("short.yaml"), "audit: { retention_years: 1 }\n");
    expect((await failureOf(["audit", "prune", ...place(), "--config", at("short.yaml")])).code).toBe(2);
  });
});

describe("osteon serve", () => {
  it("enters what it answers and refuses, and is found whole after a kill", async () => {
    const log = at("service.log");
    const words = ["serve", ...place(), ...key(), "--port", "0", "--log", log];
    const service = startOsteon(words);
    const address = (await service.waitFor(/, at (http:\/\/\S+) \(token/))[1]!;
    const token = readFileSync(at("registry", "keys", "api-token"), "utf8").trim();
    const post = (body: object, bearer = token) =>
      fetch(`${address}/generate`, {
        method: "POST",
        headers: { authorization: `Bearer ${bearer}`, "content-type": "application/json" },
        body: JSON.stringify(body),
      });
    const profile = { survival_time: 417.5693, event_occurred: 0, seed: 481516234299 };
    const rare = { survival_time: 41.2568, event_occurred: 1, age: 4.1257, metastasis: 1 };
    const statuses = [
      ...(await Promise.all([1, 2, 3].map((count) => post({ ...profile, count })))),
      await post(rare),
      await post(profile, "CANARY-TOKEN-1234567890"),
      await post(profile, "CANARY-TOKEN-1234567890"),
    ].map(({ status }) => status);
    expect(statuses).toEqual([200, 200, 200, 422, 401, 401]);

    service.child.kill("SIGKILL");
    await service.ended;
    const generated = await entriesOf("patients.generated");
    expect(generated).toHaveLength(3);
    expect(new Set(generated.map(({ detail }) => detail["patients"]))).toEqual(new Set([1, 2, 3]));
    expect(generated[0]).toMatchObject({
      principal: "client:token-1",
      detail: {
        model: version,
        format: "json",
        conditions: { survival_time: "1 to 3 years", event_occurred: 0 },
      },
    });
    expect(new Set(generated.map(({ detail }) => detail["profileDigest"])).size).toBe(1);
    expect(await entriesOf("patients.refused")).toMatchObject([
      { outcome: "failed", errorCode: "generator.rare-profile", detail: { conditions: { age: "under 10" } } },
    ]);
    const { findings, notes } = await report();
    expect(findings).toEqual([]);
    expect(notes).toHaveLength(1);

    const again = startOsteon([...words, "--config", at("lenient.yaml")]);
    const nextAddress = (await again.waitFor(/, at (http:\/\/\S+) \(token/))[1]!;
    await fetch(`${nextAddress}/generate`, { method: "POST" });
    again.child.kill("SIGTERM");
    expect((await again.ended).code).toBe(0);
    expect(await entriesOf("audit.recovered")).toHaveLength(1);
    expect(await entriesOf("service.started")).toHaveLength(2);
    expect(await entriesOf("service.stopped")).toMatchObject([{ detail: { reason: "signal" } }]);
    expect(await entriesOf("configuration.changed")).toHaveLength(1);
    expect(await entriesOf("authentication.refused")).toMatchObject([
      { principal: "client:unknown", detail: { errorCode: "service.token-missing", count: 1 } },
    ]);
    expect((await report()).findings).toEqual([]);

    // Nothing of what was asked, and no token, is anywhere but in the keys' own files.
    mkdirSync(at("exported"));
    for (const format of ["fhir", "json", "csv"]) {
      writeFileSync(at("exported", format), await printedBy(["audit", "export", ...place(), "--format", format]));
    }
    const texts = [
      log,
      ...["fhir", "json", "csv"].map((format) => at("exported", format)),
      ...readdirSync(at("audit", "segments")).map((name) => at("audit", "segments", name)),
    ].map((path) => readFileSync(path, "utf8"));
    const profileKey = readFileSync(at("audit", "keys", "profile.key"), "utf8").trim();
    for (const secret of ["417.5693", "481516234299", "41.2568", "4.1257", "CANARY", token, profileKey]) {
      expect([secret, texts.some((text) => text.includes(secret))]).toEqual([secret, false]);
    }
  });
});
