import { configurationSchema } from "@osteon/contracts";
import { osteonError } from "@osteon/errors";
import { describe, expect, it } from "vitest";
import { RouteUsage } from "../usage/route-usage.ts";
import type { AlertRecord } from "./alert-record.ts";
import { AlertWatch } from "./alert-watch.ts";
import type { Channel } from "./channels/channel.ts";
import type { Notice } from "./notice.ts";
import { textOf } from "./notice.ts";

const start = Date.UTC(2026, 0, 10);
const minute = 60_000;

/** A watch whose clock and facts the test sets, with two channels that keep what they are sent. */
function watchOver(rules: readonly object[], reminder_hours = 24) {
  const configured = ["chat", "mail"].map((name) => ({ kind: "webhook", name, url: "https://hook.example" }));
  const configuration = configurationSchema.parse({
    alerts: { instance: "Haus 7", rules, channels: configured, reminder_hours },
  }).alerts;
  const state = { now: start, refusal: null as string | null, mailWorks: true, saveFails: false };
  const sent: [string, Notice][] = [];
  const outcomes: string[] = [];
  const logged: object[] = [];
  let saved: AlertRecord | undefined;
  const channels = configuration.channels.map(({ name }): Channel => ({
    name,
    kind: "webhook",
    send: (notice) => {
      if (name === "mail" && !state.mailWorks)
        return Promise.reject(osteonError("monitoring.channel", { channel: name, reason: "x" }));
      sent.push([name, notice]);
      return Promise.resolve();
    },
  }));
  const open = () =>
    new AlertWatch({
      configuration,
      channels,
      facts: () =>
        Promise.resolve({
          sources: { readings: { modelRefusal: state.refusal }, health: new Map() },
          recent: () => new RouteUsage(),
          now: state.now,
        }),
      logger: { log: (event, values) => void logged.push({ event: event.name, ...values }) },
      ...(saved && { record: JSON.parse(JSON.stringify(saved)) as AlertRecord }),
      save: (record) => {
        if (state.saveFails) return Promise.reject(new Error("no space"));
        saved = record;
        return Promise.resolve();
      },
      onDelivery: (_kind, outcome) => void outcomes.push(outcome),
    });
  let watch = open();
  const never = new AbortController().signal;
  return {
    state,
    sent,
    outcomes,
    logged,
    told: () => sent.splice(0).map(([channel, { event, alert }]) => `${channel}: ${event} ${alert}`),
    restart: () => void (watch = open()),
    firing: () => watch.firing(),
    check: async (minutes = 0, signal = never) => {
      state.now += minutes * minute;
      await watch.check(signal);
    },
  };
}

describe("the watch", () => {
  it("tells every channel once, reminds after a while, and tells the end", async () => {
    const { state, check, told, firing } = watchOver([{ when: "model_refused" }], 1);
    await check();
    expect(told()).toEqual([]);
    state.refusal = "registry.signature";
    await check();
    expect(told()).toEqual(["chat: firing model-refused", "mail: firing model-refused"]);
    expect(firing()).toEqual([{ kind: "model_refused", severity: "warning" }]);
    for (let i = 0; i < 59; i++) await check(1);
    expect(told()).toEqual([]);
    await check(1);
    expect(told()).toEqual(["chat: reminder model-refused", "mail: reminder model-refused"]);
    state.refusal = null;
    await check(1);
    expect(told()).toEqual(["chat: resolved model-refused", "mail: resolved model-refused"]);
    expect(firing()).toEqual([]);
  });

  it("tells the channels of the rule alone", async () => {
    const { state, check, told } = watchOver([{ when: "model_refused", name: "refused", channels: ["mail"] }]);
    state.refusal = "registry.signature";
    await check();
    expect(told()).toEqual(["mail: firing refused"]);
  });

  it("says what, where, since when, and nothing else", async () => {
    const { state, check, sent } = watchOver([{ when: "model_refused", severity: "critical", for_minutes: 2 }]);
    state.refusal = "registry.signature";
    await check();
    await check(2);
    expect(textOf(sent[0]![1])).toBe(
      "[Haus 7] CRITICAL alert: model-refused\n" +
        "What ought to be on air was refused (registry.signature); the model before goes on.\n" +
        "Since 2026-01-10T00:00:00.000Z; told at 2026-01-10T00:02:00.000Z.",
    );
    state.refusal = null;
    await check(3);
    await check(2);
    expect(textOf(sent.at(-1)![1])).toBe(
      "[Haus 7] resolved: model-refused\nWhat ought to be on air is on air.\n" +
        "Since 2026-01-10T00:00:00.000Z; told at 2026-01-10T00:07:00.000Z.",
    );
  });

  it("tries a channel that is down again, holds no other up by it, and ends", async () => {
    const { state, check, told, outcomes, logged } = watchOver([{ when: "model_refused" }]);
    Object.assign(state, { refusal: "registry.signature", mailWorks: false });
    await check();
    expect(told()).toEqual(["chat: firing model-refused"]);
    await check(0.4);
    expect(outcomes).toEqual(["delivered", "failed"]);
    await check(0.1);
    expect(outcomes).toEqual(["delivered", "failed", "failed"]);
    state.mailWorks = true;
    await check(1);
    expect(told()).toEqual(["mail: firing model-refused"]);
    expect(logged.filter((line) => "outcome" in line)).toEqual([
      { event: "alert.undelivered", channel: "webhook", outcome: "retried", attempts: 1 },
      { event: "alert.undelivered", channel: "webhook", outcome: "retried", attempts: 2 },
    ]);
  });

  it("gives a notice up after twelve attempts", async () => {
    const { state, check, outcomes } = watchOver([{ when: "model_refused" }]);
    Object.assign(state, { refusal: "registry.signature", mailWorks: false });
    for (let i = 0; i < 20; i++) await check(61);
    expect(outcomes.filter((outcome) => outcome === "failed")).toHaveLength(11);
    expect(outcomes.filter((outcome) => outcome === "abandoned")).toHaveLength(1);
  });

  it("goes on over a restart: nothing is told twice, and what was not delivered is", async () => {
    const { state, check, told, restart } = watchOver([{ when: "model_refused" }]);
    Object.assign(state, { refusal: "registry.signature", mailWorks: false });
    await check();
    expect(told()).toEqual(["chat: firing model-refused"]);
    state.mailWorks = true;
    restart();
    await check(1);
    expect(told()).toEqual(["mail: firing model-refused"]);
    restart();
    state.refusal = null;
    await check(1);
    expect(told()).toEqual(["chat: resolved model-refused", "mail: resolved model-refused"]);
  });

  it("tells under the same id what it tried to tell before", async () => {
    const { state, check, sent, restart } = watchOver([{ when: "model_refused" }]);
    Object.assign(state, { refusal: "registry.signature", mailWorks: false });
    await check();
    state.mailWorks = true;
    restart();
    await check(1);
    expect(sent[0]![1]).toEqual(sent[1]![1]);
  });

  it("tells also where its state cannot be kept, and says so", async () => {
    const { state, check, told } = watchOver([{ when: "model_refused" }]);
    Object.assign(state, { refusal: "registry.signature", saveFails: true });
    await expect(check()).rejects.toThrow("no space");
    expect(told()).toEqual(["chat: firing model-refused", "mail: firing model-refused"]);
    await expect(check(1)).rejects.toThrow("no space");
    expect(told()).toEqual([]);
  });

  it("does not count what its own end cut short", async () => {
    const { state, check, outcomes } = watchOver([{ when: "model_refused" }]);
    Object.assign(state, { refusal: "registry.signature", mailWorks: false });
    await check(0, AbortSignal.abort());
    expect(outcomes).toEqual(["delivered"]);
    state.mailWorks = true;
    await check();
    expect(outcomes).toEqual(["delivered", "delivered"]);
  });

  it("forgets what the configuration names no more, or names as another kind", async () => {
    const first = watchOver([{ when: "model_refused", name: "x" }]);
    Object.assign(first.state, { refusal: "registry.signature", mailWorks: false });
    await first.check();
    const configuration = configurationSchema.parse({ alerts: { rules: [{ when: "no_model", name: "x" }] } }).alerts;
    const record: AlertRecord = {
      format: "osteon-alerts/1",
      states: {
        x: {
          kind: "model_refused",
          phase: "firing",
          since: 0,
          clearSince: null,
          noticeAt: 0,
          known: true,
          statement: "",
        },
      },
      waiting: [],
    };
    const watch = new AlertWatch({
      configuration,
      channels: [],
      facts: () => Promise.reject(new Error("not asked")),
      logger: { log: () => undefined },
      record,
    });
    expect(watch.firing()).toEqual([]);
  });
});
