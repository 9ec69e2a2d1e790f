import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import fc from "fast-check";
import { describe, expect, expectTypeOf, it } from "vitest";
import * as observability from "./index.ts";
import {
  authRefused,
  createLogger,
  defineEvent,
  LogEvent,
  requestFinished,
  runStarted,
  stepFailed,
  stepFinished,
  stepStarted,
  type Field,
  type Fields,
  type LogLevel,
  type ValuesOf,
} from "./index.ts";

function collect(level?: LogLevel) {
  const lines: string[] = [];
  const destination = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString());
      done();
    },
  });
  const logger = createLogger(level === undefined ? { destination } : { destination, level });
  const read = () => lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  return { logger, lines, read };
}
const events = Object.values(observability).filter((value) => value instanceof LogEvent) as LogEvent<Fields>[];
const uuid = "123e4567-e89b-42d3-a456-426614174000";

describe("the logger", () => {
  it("writes an event as one line with its time, level, name and fields, and nothing of the machine", () => {
    const { logger, lines, read } = collect();
    const values = { requestId: uuid, method: "POST", route: "/generate", status: 200, durationMs: 1.23456 } as const;
    logger.log(requestFinished, values);
    logger.log(stepFailed, { runId: "run-1", step: "train", errorCode: "cohort.shape", durationMs: 5 });
    expect(lines).toHaveLength(2);
    for (const line of lines) expect(line.indexOf("\n")).toBe(line.length - 1);
    const [request, failure] = read();
    expect(request).toEqual({
      ...values,
      level: "info",
      time: request!["time"],
      event: "request.finished",
      durationMs: 1.235,
    });
    expect(new Date(request!["time"] as string).toISOString()).toBe(request!["time"]);
    expect(failure).toMatchObject({ level: "error", event: "step.failed", errorCode: "cohort.shape" });
  });

  it("writes from its level on", () => {
    const { logger, read } = collect("warn");
    logger.log(stepStarted, { runId: "run-1", step: "load" });
    logger.log(authRefused, { requestId: "req-1", route: "/generate", reason: "missing" });
    expect(read().map(({ event }) => event)).toEqual(["auth.refused"]);
  });

  it("drops and counts what is not declared or not of its kind", () => {
    const { logger, read } = collect();
    const values = { runId: "run-1", step: "dance", seed: 4, patient: "P-1", durationMs: NaN, outcome: undefined };
    logger.log(stepFinished, values as unknown as ValuesOf<typeof stepFinished>);
    expect(read()).toEqual([expect.objectContaining({ event: "step.finished", runId: "run-1", droppedFields: 4 })]);
    expect(Object.keys(read()[0]!)).toEqual(["level", "time", "event", "runId", "droppedFields"]);
  });

  it("does not take inherited or built-in names for values", () => {
    const { logger, read } = collect();
    const inherited = Object.create({ runId: "run-1" }) as ValuesOf<typeof stepStarted>;
    logger.log(stepStarted, inherited);
    expect(read()[0]).not.toHaveProperty("runId");
  });

  it("appends to a file that only its owner reads", () => {
    const folder = mkdtempSync(join(tmpdir(), "osteon-log-"));
    try {
      const destination = join(folder, "logs", "osteon.log");
      for (const runId of ["run-1", "run-2"]) {
        const logger = createLogger({ destination });
        logger.log(stepStarted, { runId, step: "load" });
        // Before closing: every line is on its way to the disk when `log` returns.
        expect(readFileSync(destination, "utf8")).toContain(runId);
        logger.close();
      }
      expect(readFileSync(destination, "utf8").trim().split("\n")).toHaveLength(2);
      expect(statSync(destination).mode & 0o777).toBe(0o600);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it("checks values by the event's types", () => {
    expectTypeOf<ValuesOf<typeof stepStarted>["step"]>().toEqualTypeOf<
      "load" | "deidentify" | "check" | "features" | "train" | "generate" | "validate" | "report" | "seal" | undefined
    >();
    expectTypeOf<ValuesOf<typeof runStarted>["seed"]>().toEqualTypeOf<number | undefined>();
  });
});

describe("canaries", () => {
  const canaries = [
    "TARGET-40-CANARY",
    "CANARY, Maria",
    "1999-12-31",
    "19991234",
    "AGE-SECRET-KEY-1CANARY",
    "Bearer CANARY",
    "/generate?age=15&survival_time=300&canary",
    "/patients/TARGET-40-0A4HLA",
    "CANARY@example.org",
    'x","canary":"y',
    "line\nbreak-canary",
  ];

  it("planted in every field of every event, declared or not, reach no line", () => {
    expect(events.length).toBe(16);
    const { logger, lines, read } = collect("debug");
    const extra = ["authorization", "body", "query", "condition", "patientId", "age", "message", "err", "msg", "level"];
    for (const event of events) {
      for (const canary of canaries) {
        const names = [...Object.keys(event.fields), ...extra];
        for (const value of [canary, { nested: canary }, [canary], new Error(canary)]) {
          logger.log(event, Object.fromEntries(names.map((name) => [name, value])) as ValuesOf<LogEvent<Fields>>);
        }
        logger.log(event, { [canary]: 1 } as unknown as ValuesOf<LogEvent<Fields>>);
      }
    }
    expect(lines).toHaveLength(events.length * canaries.length * 5);
    expect(lines.filter((line) => /canary|maria|1999|target|survival|age=/i.test(line))).toEqual([]);
    for (const line of read()) expect(Object.keys(line)).toEqual(["level", "time", "event", "droppedFields"]);
  });

  it("of any text get through only where they are of the narrow kind that was declared", () => {
    const { logger, lines, read } = collect("debug");
    fc.assert(
      fc.property(fc.constantFrom(...events), fc.string({ minLength: 1, unit: "binary" }), (event, text) => {
        lines.length = 0;
        const values = Object.fromEntries(Object.keys(event.fields).map((name) => [name, text]));
        logger.log(event, values as ValuesOf<LogEvent<Fields>>);
        const { level: _, time: __, event: ___, ...fields } = read()[0]!;
        for (const [name, value] of Object.entries(fields)) {
          if (name !== "droppedFields") expect(value).toMatch(/^[0-9a-z/:.*-]+$/i);
        }
      }),
    );
  });

  it("are redacted on the second line when an event was declared too wide", () => {
    const anything: Field<string> = { read: (value) => (typeof value === "string" ? value : undefined) };
    const wide = defineEvent("wide", "info", { token: anything, patientId: anything, note: anything });
    const { logger, lines, read } = collect();
    const secrets = [
      "AGE-SECRET-KEY-1CANARY",
      "-----BEGIN PRIVATE KEY-----CANARY",
      "authorization: Bearer CANARY",
      "eyJhbGciOiJIUzI1NiJ9.CANARY.x",
      "postgres://user:CANARY@host/db",
    ];
    for (const note of secrets) logger.log(wide, { token: "CANARY", patientId: "CANARY", note });
    expect(lines.join("")).not.toContain("CANARY");
    expect(read()[0]).toMatchObject({ token: "[redacted]", patientId: "[redacted]", note: "[redacted]" });
  });
});

describe("kinds of fields", () => {
  it("take what belongs in them", () => {
    const { routeTemplate, runId, requestId, semanticVersion, httpStatus, count } = observability;
    for (const route of ["/", "/generate", "/models/:version", "/openapi.json", "/docs/*"]) {
      expect([route, routeTemplate.read(route)]).toEqual([route, route]);
    }
    expect(routeTemplate.read("/models/0123")).toBeUndefined();
    expect(runId.read("run-2026-01-02t03-04-05z-ab12")).toBe("run-2026-01-02t03-04-05z-ab12");
    expect(runId.read(uuid)).toBe(uuid);
    expect(requestId.read("req-1a")).toBe("req-1a");
    expect(semanticVersion.read("0.1.0")).toBe("0.1.0");
    expect([99, 100, 599, 600, 200.5].map((value) => httpStatus.read(value))).toEqual([
      undefined,
      100,
      599,
      undefined,
      undefined,
    ]);
    expect([-1, 0, 1.5, 2 ** 53].map((value) => count.read(value))).toEqual([undefined, 0, undefined, undefined]);
  });
});
