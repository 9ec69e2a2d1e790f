import { randomUUID } from "node:crypto";
import { nameOfRule, type AlertRule, type AlertsConfiguration } from "@osteon/contracts";
import type { Logger } from "@osteon/observability";
import { alertChanged, alertUndelivered } from "../events.ts";
import type { FiringAlert } from "../metrics/service-metrics.ts";
import type { AlertFacts } from "./alert-facts.ts";
import { emptyAlertRecord, type AlertRecord } from "./alert-record.ts";
import { advance, quietState, type AlertState, type NoticeEvent } from "./alert-state.ts";
import type { Channel } from "./channels/channel.ts";
import { afterFailure, enqueue, isDue, type Delivery } from "./deliveries.ts";
import { judgeRule } from "./judge-rule.ts";
import type { Notice } from "./notice.ts";

export interface AlertWatchOptions {
  readonly configuration: AlertsConfiguration;
  readonly channels: readonly Channel[];
  readonly facts: () => Promise<AlertFacts>;
  readonly logger: Pick<Logger, "log">;
  /** How the alerts stood when the process before ended. */
  readonly record?: AlertRecord;
  /** Keeps how they stand; what it throws is the caller's of {@link AlertWatch.check}, after every rule was looked at. */
  readonly save?: (record: AlertRecord) => Promise<void>;
  readonly onDelivery?: (channel: Channel["kind"], outcome: "delivered" | "failed" | "abandoned") => void;
}

/** Looks at the rules, tells what begins, goes on and ends, and sees to it that it arrives. */
export class AlertWatch {
  readonly #options: AlertWatchOptions;
  readonly #rules: ReadonlyMap<string, AlertRule>;
  #states: Readonly<Record<string, AlertState>>;
  #waiting: readonly Delivery[];
  #saved: string;

  constructor(options: AlertWatchOptions) {
    const { configuration, channels, record = emptyAlertRecord } = options;
    this.#options = options;
    this.#rules = new Map(configuration.rules.map((rule) => [nameOfRule(rule), rule]));
    const { states, waiting } = record;
    // What the configuration names no more is over.
    this.#states = Object.fromEntries(
      Object.entries(states).filter(([name, { kind }]) => this.#rules.get(name)?.when === kind),
    );
    this.#waiting = waiting.filter(
      ({ channel, notice }) => this.#rules.has(notice.alert) && channels.some(({ name }) => name === channel),
    );
    this.#saved = JSON.stringify(record);
  }

  /** The alerts that fire. */
  firing(): readonly FiringAlert[] {
    return [...this.#rules].flatMap(([name, { when, severity }]) =>
      this.#states[name]?.phase === "firing" ? [{ kind: when, severity }] : [],
    );
  }

  /**
   * Looks once at every rule and tries the deliveries that are due. Notices are kept before they are sent: one that was
   * sent when the process was killed is sent once more, under the same id.
   */
  async check(signal: AbortSignal): Promise<void> {
    const facts = await this.#options.facts();
    for (const [name, rule] of this.#rules) this.#look(name, rule, facts);
    // A full disk must not keep back the notice that says so.
    const saved = await this.#save().catch((error: unknown) => ({ error }));
    await this.#deliver(facts.now, signal);
    await this.#save();
    if (saved !== undefined) throw saved.error;
  }

  #look(name: string, rule: AlertRule, facts: AlertFacts): void {
    const { configuration, channels, logger } = this.#options;
    const before = this.#states[name] ?? quietState(rule.when, facts.now);
    const timing = { holdMs: rule.for_minutes * 60_000, reminderMs: configuration.reminder_hours * 3_600_000 };
    const { state, event } = advance(before, judgeRule(rule, facts), timing, facts.now);
    this.#states = { ...this.#states, [name]: state };
    if (event === undefined) return;
    if (event !== "reminder") {
      logger.log(alertChanged, { kind: rule.when, state: event, severity: rule.severity });
    }
    // A resolved one is over since now; what is told is since when it was.
    const since = event === "resolved" ? before.since : state.since;
    const notice = noticeOf(event, name, rule, { instance: configuration.instance, state, since, now: facts.now });
    for (const channel of rule.channels ?? channels.map(({ name: every }) => every)) {
      this.#waiting = enqueue(this.#waiting, channel, notice, facts.now);
    }
  }

  async #deliver(now: number, signal: AbortSignal): Promise<void> {
    const due = this.#waiting.filter((delivery) => isDue(delivery, now));
    const outcomes = await Promise.all(due.map((delivery) => this.#attempt(delivery, now, signal)));
    const rest = outcomes.filter((delivery) => delivery !== undefined);
    this.#waiting = [...this.#waiting.filter((delivery) => !due.includes(delivery)), ...rest];
  }

  /** @returns the delivery where it has to be tried again */
  async #attempt(delivery: Delivery, now: number, signal: AbortSignal): Promise<Delivery | undefined> {
    const { channels, logger, onDelivery } = this.#options;
    const channel = channels.find(({ name }) => name === delivery.channel);
    if (channel === undefined) return undefined;
    try {
      await channel.send(delivery.notice, signal);
      onDelivery?.(channel.kind, "delivered");
      return undefined;
    } catch {
      // What the end of the service cut short was no attempt.
      if (signal.aborted) return delivery;
      const next = afterFailure(delivery, now);
      const outcome = next === undefined ? "abandoned" : "retried";
      onDelivery?.(channel.kind, next === undefined ? "abandoned" : "failed");
      logger.log(alertUndelivered, { channel: channel.kind, outcome, attempts: delivery.attempts + 1 });
      return next;
    }
  }

  async #save(): Promise<void> {
    const record: AlertRecord = { format: "osteon-alerts/1", states: this.#states, waiting: [...this.#waiting] };
    const text = JSON.stringify(record);
    if (text === this.#saved) return;
    await this.#options.save?.(record);
    this.#saved = text;
  }
}

function noticeOf(
  event: NoticeEvent,
  alert: string,
  { when, severity }: AlertRule,
  about: { readonly instance: string; readonly state: AlertState; readonly since: number; readonly now: number },
): Notice {
  return {
    id: randomUUID(),
    event,
    alert,
    kind: when,
    severity,
    instance: about.instance,
    statement: about.state.statement,
    since: new Date(about.since).toISOString(),
    at: new Date(about.now).toISOString(),
  };
}
