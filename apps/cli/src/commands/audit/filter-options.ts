import { actionsNamed, auditActions, type AuditAction, type EntryFilter } from "@osteon/audit";
import { osteonError } from "@osteon/errors";
import type { Command } from "commander";
import type { AuditOptions } from "./audit-command.ts";

/** Options that choose entries. */
export interface FilterOptions extends AuditOptions {
  readonly action?: string;
  readonly principal?: string;
  readonly since?: string;
  readonly until?: string;
}

export function withFilterOptions(command: Command): Command {
  return command
    .option("--action <names>", "only these, joined by commas; a name's first part stands for all that begin so")
    .option("--principal <name>", "only of this one, as user:ada, client:key-… or system")
    .option("--since <time>", "from then on, as 2026-11-05 or 2026-11-05T10:00:00Z")
    .option("--until <time>", "before then");
}

/** @throws `configuration.option` */
export function filterOf({ action, principal, since, until }: FilterOptions, command: string): EntryFilter {
  return {
    ...(action !== undefined && { actions: actionsOf(action, command) }),
    ...(principal !== undefined && { principal }),
    ...(since !== undefined && { since: timeOf(since, "--since", command) }),
    ...(until !== undefined && { until: timeOf(until, "--until", command) }),
  };
}

function actionsOf(text: string, command: string): readonly AuditAction[] {
  return text.split(",").flatMap((word) => {
    const named = actionsNamed(word.trim());
    if (named.length > 0) return named;
    throw osteonError("configuration.option", { option: "--action", allowed: auditActions.join(", "), command });
  });
}

function timeOf(text: string, option: string, command: string): string {
  const isTime = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?(?:Z|[+-]\d\d:\d\d))?$/.test(text);
  const time = isTime ? new Date(text) : undefined;
  if (time !== undefined && !Number.isNaN(time.getTime())) return time.toISOString();
  throw osteonError("configuration.option", { option, allowed: "a date or a time with its zone (ISO 8601)", command });
}
