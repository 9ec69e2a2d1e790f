import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { usageAnswerSchema } from "@osteon/contracts";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { finishedRequest } from "../testing/finished-request.ts";
import { UsageFiles } from "./usage-files.ts";
import { UsageHistory } from "./usage-history.ts";

const noon = Date.UTC(2026, 0, 10, 12);
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

let folder: string;
let now: number;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "osteon-usage-"));
  now = noon;
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const open = async (days = 400): Promise<UsageHistory> => {
  const history = new UsageHistory({ now: () => now, days, files: new UsageFiles(folder) });
  await history.load();
  return history;
};
const inMemory = () => new UsageHistory({ now: () => now, days: 400 });
const asISO = (ms: number) => new Date(ms).toISOString();

describe("usage over time", () => {
  it("counts requests, errors, refusals, patients and latency by time, route and status", () => {
    const history = inMemory();
    history.record(finishedRequest({ patientCount: 10, durationMs: 20 }));
    history.record(finishedRequest({ status: 422, patientCount: 7, durationMs: 1 }));
    history.record(finishedRequest({ status: 503, route: "/jobs/:id", patientCount: 0, durationMs: 400 }));
    now += hour;
    history.record(finishedRequest({ patientCount: 3, completed: false, durationMs: 100 }));
    const answer = history.read({ from: noon - hour, to: noon + 2 * hour, step: "hour" });
    expect(usageAnswerSchema.parse(answer)).toEqual(answer);
    expect(answer.points.map(({ start, requests }) => [start, requests])).toEqual([
      [asISO(noon), 3],
      [asISO(noon + hour), 1],
    ]);
    const [first, second] = answer.points;
    expect(first).toMatchObject({ errors: 1, refusals: 1, patients: 10, by_status: { 200: 1, 422: 1, 503: 1 } });
    expect(first!.latency_ms.max).toBe(400);
    expect(first!.latency_ms.p50 / 20).toBeCloseTo(1, 1);
    expect(Object.keys(first!.by_route)).toEqual(["/generate", "/jobs/:id"]);
    expect(first!.by_route["/jobs/:id"]).toMatchObject({ requests: 1, errors: 1, patients: 0 });
    // A client that went away has no patients.
    expect(second).toMatchObject({ patients: 0, errors: 0 });
  });

  it("gives the same requests by minute, hour and day", () => {
    const history = inMemory();
    for (let i = 0; i < 100; i++) {
      now = noon + i * 5 * minute;
      history.record(finishedRequest());
    }
    for (const step of ["minute", "hour", "day"] as const) {
      const { points } = history.read({ from: noon - day, to: now + day, step });
      expect([step, points.length]).toEqual([step, { minute: 100, hour: 9, day: 1 }[step]]);
      expect(points.reduce((sum, { requests }) => sum + requests, 0)).toBe(100);
      expect(points.map(({ start }) => start)).toEqual(points.map(({ start }) => start).toSorted());
    }
  });

  it("gives what begins at the beginning and not what begins at the end", () => {
    const history = inMemory();
    history.record(finishedRequest());
    expect(history.read({ from: noon, to: noon + hour, step: "hour" }).points).toHaveLength(1);
    expect(history.read({ from: noon - hour, to: noon, step: "hour" }).points).toHaveLength(0);
  });

  it("leaves out what monitoring programs ask", () => {
    const history = inMemory();
    for (const route of ["/health", "/health/ready", "/metrics"]) history.record(finishedRequest({ route }));
    expect(history.read({ from: 0, to: noon + day, step: "day" }).points).toEqual([]);
    expect(history.recent(60).requests).toBe(0);
  });

  it("tells of the last minutes alone, of one route or of all", () => {
    const history = inMemory();
    history.record(finishedRequest({ status: 500 }));
    now += 3 * minute;
    history.record(finishedRequest({ status: 500, route: "/jobs" }));
    history.record(finishedRequest());
    expect(history.recent(3).requests).toBe(2);
    expect(history.recent(4)).toMatchObject({ requests: 3, errors: 2 });
    expect(history.recent(4, "/generate")).toMatchObject({ requests: 2, errors: 1 });
  });
});

describe("the files of the usage", () => {
  it("keep it over a restart, one a day, for their owner alone", async () => {
    const history = await open();
    history.record(finishedRequest({ patientCount: 4 }));
    now += day;
    history.record(finishedRequest({ patientCount: 5 }));
    const range = { from: noon - day, to: now + day, step: "hour" } as const;
    const before = history.read(range);
    await history.flush();
    expect(readdirSync(folder)).toEqual(["2026-01-10.json", "2026-01-11.json"]);
    expect(statSync(join(folder, "2026-01-10.json")).mode & 0o777).toBe(0o600);
    const after = await open();
    expect(after.read(range)).toEqual(before);
    after.record(finishedRequest());
    expect(after.read(range).points.at(-1)!.requests).toBe(2);
  });

  it("are written where something changed, and not otherwise", async () => {
    const history = await open();
    history.record(finishedRequest());
    await history.flush();
    const path = join(folder, "2026-01-10.json");
    rmSync(path);
    await history.flush();
    expect(readdirSync(folder)).toEqual([]);
    history.record(finishedRequest());
    await history.flush();
    expect(readdirSync(folder)).toEqual(["2026-01-10.json"]);
  });

  it("hold who asked, which no answer does", async () => {
    const history = await open();
    history.record(finishedRequest({ principal: "key-oncology", patientCount: 6 }));
    history.record(finishedRequest({ principal: "key-oncology", patientCount: 1 }));
    await history.flush();
    const stored = JSON.parse(readFileSync(join(folder, "2026-01-10.json"), "utf8")) as { keys: object };
    expect(stored.keys).toEqual({ "key-oncology": { requests: 2, patients: 7 } });
    expect(JSON.stringify(history.read({ from: 0, to: now + day, step: "minute" }))).not.toContain("oncology");
  });

  it("bound the keys of a day", async () => {
    const history = await open();
    for (let i = 0; i < 700; i++) history.record(finishedRequest({ principal: `key-${i}` }));
    await history.flush();
    const { keys } = JSON.parse(readFileSync(join(folder, "2026-01-10.json"), "utf8")) as {
      keys: Record<string, { requests: number }>;
    };
    expect(Object.keys(keys)).toHaveLength(501);
    expect(keys["(others)"]!.requests).toBe(200);
  });

  it("lose minutes after two days, and everything after as long as was said", async () => {
    const history = await open(10);
    history.record(finishedRequest());
    await history.flush();
    now = noon + 2 * day;
    await history.flush();
    const range = { from: noon - day, to: now, step: "minute" } as const;
    expect(history.read(range)).toMatchObject({ points: [], kept_from: "2026-01-11T00:00:00.000Z" });
    expect(history.read({ ...range, step: "hour" }).points).toHaveLength(1);
    expect((await open(10)).read({ ...range, step: "day" }).points).toHaveLength(1);
    now = noon + 10 * day;
    await history.flush();
    expect(history.read({ ...range, step: "day" })).toMatchObject({
      points: [],
      kept_from: "2026-01-11T00:00:00.000Z",
    });
    expect(readdirSync(folder)).toEqual([]);
  });

  it("are not all lost to a clock that stands a century ahead", async () => {
    for (let i = 0; i < 20; i++) {
      now = noon + i * day;
      const history = await open();
      history.record(finishedRequest());
      await history.flush();
    }
    now += 36_500 * day;
    const wrong = await open();
    for (let i = 0; i < 50; i++) await wrong.flush();
    expect(readdirSync(folder).length).toBeGreaterThanOrEqual(17);
  });

  it.each(["{", "[]", '{"format":"osteon-usage/1","day":"2026-01-09","minutes":{},"hours":{},"keys":{}}', ""])(
    "that are damaged (%j) are put aside and keep no service from starting",
    async (text) => {
      writeFileSync(join(folder, "2026-01-10.json"), text);
      const history = new UsageHistory({ now: () => now, days: 400, files: new UsageFiles(folder) });
      expect(await history.load()).toBe(1);
      history.record(finishedRequest());
      await history.flush();
      expect(readdirSync(folder)).toEqual(["2026-01-10.json", "2026-01-10.json.damaged"]);
      expect(readFileSync(join(folder, "2026-01-10.json.damaged"), "utf8")).toBe(text);
    },
  );

  it("that cannot be written are written as soon as they can", async () => {
    const blocked = join(folder, "blocked");
    writeFileSync(blocked, "a file where the directory would be");
    const history = new UsageHistory({ now: () => now, days: 400, files: new UsageFiles(join(blocked, "usage")) });
    history.record(finishedRequest());
    await expect(history.flush()).rejects.toMatchObject({ code: expect.stringMatching(/^(ENOTDIR|EEXIST)$/) });
    rmSync(blocked);
    await history.flush();
    expect(readdirSync(join(blocked, "usage"))).toEqual(["2026-01-10.json"]);
  });

  it("hold nothing of what was asked for", async () => {
    const history = await open();
    const canary = "CANARY";
    history.record({ ...finishedRequest({ route: `/${canary}`, method: canary }), body: { age: canary } } as never);
    await history.flush();
    expect(readFileSync(join(folder, "2026-01-10.json"), "utf8")).not.toContain(canary);
  });
});
