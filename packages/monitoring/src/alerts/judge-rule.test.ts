import type { AlertRule } from "@osteon/contracts";
import { configurationSchema } from "@osteon/contracts";
import { describe, expect, it } from "vitest";
import type { SourceReadings } from "../sources/monitoring-sources.ts";
import { RouteUsage } from "../usage/route-usage.ts";
import { alertKinds } from "./alert-kinds.ts";
import { judgeRule } from "./judge-rule.ts";

const now = Date.UTC(2026, 0, 10);
const hour = 3_600_000;
const day = 24 * hour;

const ruleOf = (rule: object): AlertRule => configurationSchema.parse({ alerts: { rules: [rule] } }).alerts.rules[0]!;

function judge(
  rule: object,
  readings: SourceReadings = {},
  requests: readonly [status: number, ms: number, times: number][] = [],
) {
  const usage = new RouteUsage();
  for (const [status, durationMs, times] of requests) {
    for (let i = 0; i < times; i++) usage.add({ status: String(status), durationMs, patients: 1 });
  }
  return judgeRule(ruleOf(rule), { sources: { readings, health: new Map() }, recent: () => usage, now });
}

const modelWith = (value: number | null): SourceReadings => ({
  model: {
    modelVersion: "9f2c4be101a3d7e5",
    family: "diffusion",
    trainedOnSimulatedPatients: false,
    calibratedScore: value === null ? null : { value, lower: value - 0.1, upper: value + 0.1 },
    gatePassed: null,
  },
});

describe("a rule", () => {
  it.each<[object, SourceReadings, boolean, RegExp]>([
    [
      { when: "gate_score" },
      modelWith(0.84),
      true,
      /9f2c4be101a3d7e5 has the calibrated score 0\.84 \(0\.74 to 0\.94\); the limit is 0\.85/,
    ],
    [{ when: "gate_score" }, modelWith(0.86), false, /0\.86/],
    [{ when: "backup_age" }, { lastBackup: new Date(now - 27 * hour) }, true, /27\.0 hours old; the limit is 26/],
    [{ when: "backup_age" }, { lastBackup: new Date(now - 25 * hour) }, false, /25\.0/],
    [{ when: "backup_age" }, { lastBackup: null }, true, /No backup was ever made/],
    [{ when: "backup_age" }, { lastBackup: new Date(now + 25 * hour) }, false, /0\.0 hours/],
    [{ when: "certificate_expiry" }, { certificateExpiry: new Date(now + 29 * day) }, true, /ends in 29\.0 days/],
    [{ when: "certificate_expiry" }, { certificateExpiry: new Date(now - 2 * day) }, true, /ended 2\.0 days ago/],
    [{ when: "certificate_expiry" }, { certificateExpiry: new Date(now + 31 * day) }, false, /31\.0/],
    [{ when: "key_expiry" }, { firstKeyExpiry: new Date(now + 13 * day) }, true, /13\.0 days; the limit is 14/],
    [{ when: "key_expiry" }, { firstKeyExpiry: null }, false, /none has an end/],
    [{ when: "disk_space" }, { diskSpace: { freeBytes: 9, sizeBytes: 100 } }, true, /9 % of the disk/],
    [{ when: "disk_space" }, { diskSpace: { freeBytes: 11, sizeBytes: 100 } }, false, /11 %/],
    [
      { when: "drift" },
      { drift: { state: "drift", measuredAt: new Date(now) } },
      true,
      /: drift \(checked on 2026-01-10\)/,
    ],
    [{ when: "drift" }, { drift: { state: "watch", measuredAt: new Date(now) } }, false, /watch/],
    [{ when: "audit_chain_broken" }, { auditChain: { intact: false, checkedAt: new Date(now) } }, true, /broken/],
    [{ when: "audit_chain_broken" }, { auditChain: { intact: true, checkedAt: new Date(now) } }, false, /whole/],
    [{ when: "model_refused" }, { modelRefusal: "registry.signature" }, true, /refused \(registry\.signature\)/],
    [{ when: "model_refused" }, { modelRefusal: null }, false, /is on air/],
    [{ when: "no_model" }, { model: null }, true, /No model/],
    [{ when: "no_model" }, modelWith(null), false, /A model/],
  ])("%j is held against %j", (rule, readings, holds, statement) => {
    expect(judge(rule, readings)).toEqual({ holds, statement: expect.stringMatching(statement) });
  });

  it("about errors counts those of the service, and not those of clients", () => {
    const rule = { when: "error_rate", above: 0.1 };
    expect(
      judge(rule, {}, [
        [200, 1, 80],
        [503, 1, 20],
      ]),
    ).toEqual({
      holds: true,
      statement: "20 % of 100 requests in 5 minutes ended with an error of the service; the limit is 10 %.",
    });
    expect(
      judge(rule, {}, [
        [200, 1, 80],
        [422, 1, 20],
      ]).holds,
    ).toBe(false);
    expect(judge(rule, {}, [[503, 1, 19]])).toEqual({ holds: false, statement: expect.stringContaining("too few") });
  });

  it("about latency asks the slowest of a hundred", () => {
    const rule = { when: "latency_p99", above_ms: 1_000 };
    expect(
      judge(rule, {}, [
        [200, 10, 97],
        [200, 2_000, 3],
      ]).holds,
    ).toBe(true);
    expect(judge(rule, {}, [[200, 10, 100]]).holds).toBe(false);
    expect(judge(rule, {}, [[200, 9_000, 3]]).holds).toBe(false);
  });

  it("of every kind says that it does not know where nobody tells", () => {
    const quiet = ["error_rate", "latency_p99"];
    for (const when of alertKinds) {
      const { holds, statement } = judge({ when });
      expect([when, holds]).toEqual([when, quiet.includes(when) ? false : undefined]);
      expect(statement).toMatch(/^[A-Z].*\.$/);
    }
    expect(judge({ when: "gate_score" }, modelWith(null)).holds).toBeUndefined();
  });
});
