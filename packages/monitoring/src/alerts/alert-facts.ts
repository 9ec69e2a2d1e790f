import type { AlertRule } from "@osteon/contracts";
import type { ReadSources } from "../sources/monitoring-sources.ts";
import type { RouteUsage } from "../usage/route-usage.ts";

/** What rules are held against. */
export interface AlertFacts {
  readonly sources: ReadSources;
  /** Requests of the last minutes, without those of monitoring programs; of all routes, or of one. */
  readonly recent: (minutes: number, route?: string) => RouteUsage;
  /** ms since 1970. */
  readonly now: number;
}

/** What a rule says of the facts. */
export interface Verdict {
  /** Undefined where the facts do not tell. */
  readonly holds: boolean | undefined;
  /** One sentence for whoever gets the notice: numbers of the service, nothing of a patient or of who asked. */
  readonly statement: string;
}

export type RuleOf<Kind extends AlertRule["when"]> = Extract<AlertRule, { when: Kind }>;
