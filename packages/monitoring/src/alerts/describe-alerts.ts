import { nameOfRule, type AlertsConfiguration } from "@osteon/contracts";
import type { AlertRecord } from "./alert-record.ts";

/** How one rule stands, for people and for scripts. */
export interface DescribedAlert {
  readonly alert: string;
  readonly kind: string;
  readonly severity: "warning" | "critical";
  /** `no data`: the facts did not tell when it was last looked at, or nobody looked yet. */
  readonly state: "quiet" | "pending" | "firing" | "no data";
  readonly since: string | null;
  readonly statement: string;
  /** Channels that have not taken its last notice. */
  readonly waiting: readonly string[];
}

/** Every rule of the configuration with how the record says it stands. */
export function describeAlerts(
  { rules }: AlertsConfiguration,
  record: AlertRecord | undefined,
): readonly DescribedAlert[] {
  return rules.map((rule) => {
    const alert = nameOfRule(rule);
    const found = record?.states[alert];
    const state = found?.kind === rule.when ? found : undefined;
    const told = state !== undefined && (state.known || state.phase === "firing");
    return {
      alert,
      kind: rule.when,
      severity: rule.severity,
      state: told ? state.phase : "no data",
      since: told ? new Date(state.since).toISOString() : null,
      statement: state?.statement ?? "",
      waiting: (record?.waiting ?? []).filter(({ notice }) => notice.alert === alert).map(({ channel }) => channel),
    };
  });
}
