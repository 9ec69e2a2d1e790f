import type { AlertRule } from "@osteon/contracts";
import type { AlertFacts, RuleOf, Verdict } from "./alert-facts.ts";

const hourMs = 3_600_000;
const dayMs = 86_400_000;

const unknown = (statement: string): Verdict => ({ holds: undefined, statement });

/** Whether what a rule warns of is so. */
export function judgeRule(rule: AlertRule, facts: AlertFacts): Verdict {
  const { readings } = facts.sources;
  switch (rule.when) {
    case "error_rate":
      return judgeErrorRate(rule, facts);
    case "latency_p99":
      return judgeLatency(rule, facts);
    case "gate_score":
      return judgeScore(rule, facts);
    case "backup_age":
      return judgeBackup(rule, facts);
    case "certificate_expiry":
      return judgeExpiry("The certificate of the service", readings.certificateExpiry, rule.within_days, facts.now);
    case "key_expiry":
      return judgeExpiry("The first of the access keys in use", readings.firstKeyExpiry, rule.within_days, facts.now);
    case "disk_space":
      return judgeDisk(rule, facts);
    case "drift": {
      if (readings.drift === undefined) return unknown("Drift has not been measured.");
      const { state, measuredAt } = readings.drift;
      const on = measuredAt.toISOString().slice(0, 10);
      return {
        holds: state === "drift",
        statement: `Drift of new patients or of what the model gives: ${state} (checked on ${on}).`,
      };
    }
    case "audit_chain_broken": {
      if (readings.auditChain === undefined) return unknown("The audit trail has not been checked.");
      const { intact } = readings.auditChain;
      return {
        holds: !intact,
        statement: intact ? "The audit trail is whole." : "The audit trail is broken: entries were changed or removed.",
      };
    }
    case "model_refused": {
      if (readings.modelRefusal === undefined) return unknown("Whether a model was refused is not known.");
      const refusal = readings.modelRefusal;
      return {
        holds: refusal !== null,
        statement:
          refusal === null
            ? "What ought to be on air is on air."
            : `What ought to be on air was refused (${refusal}); the model before goes on.`,
      };
    }
    case "no_model": {
      if (readings.model === undefined) return unknown("Whether a model is on air is not known.");
      const none = readings.model === null;
      return { holds: none, statement: none ? "No model is on air." : "A model is on air." };
    }
  }
}

function judgeErrorRate(rule: RuleOf<"error_rate">, { recent }: AlertFacts): Verdict {
  const { requests, errors } = recent(rule.window_minutes, rule.route);
  if (requests < rule.least_requests) return { holds: false, statement: describeFew(rule, requests) };
  const share = errors / requests;
  return {
    holds: share > rule.above,
    statement:
      `${percent(share)} of ${requests} requests in ${rule.window_minutes} minutes ended with an error of the ` +
      `service; the limit is ${percent(rule.above)}.`,
  };
}

function judgeLatency(rule: RuleOf<"latency_p99">, { recent }: AlertFacts): Verdict {
  const usage = recent(rule.window_minutes, rule.route);
  if (usage.requests < rule.least_requests) return { holds: false, statement: describeFew(rule, usage.requests) };
  const p99 = usage.quantile(0.99);
  return {
    holds: p99 > rule.above_ms,
    statement:
      `The slowest 1 % of ${usage.requests} requests in ${rule.window_minutes} minutes took ${Math.round(p99)} ms or ` +
      `longer; the limit is ${rule.above_ms} ms.`,
  };
}

function describeFew({ window_minutes }: { readonly window_minutes: number }, requests: number): string {
  return `Only ${requests} requests in ${window_minutes} minutes: too few to judge.`;
}

function judgeScore({ below }: RuleOf<"gate_score">, { sources }: AlertFacts): Verdict {
  const { model } = sources.readings;
  if (!model) return unknown("No model is on air.");
  if (model.calibratedScore === null) return unknown(`Model ${model.modelVersion} tells no score.`);
  const { value, lower, upper } = model.calibratedScore;
  const bounds =
    lower === null || upper === null
      ? value.toFixed(2)
      : `${value.toFixed(2)} (${lower.toFixed(2)} to ${upper.toFixed(2)})`;
  return {
    holds: value < below,
    statement: `Model ${model.modelVersion} has the calibrated score ${bounds}; the limit is ${below}.`,
  };
}

function judgeBackup({ above_hours }: RuleOf<"backup_age">, { sources, now }: AlertFacts): Verdict {
  const { lastBackup } = sources.readings;
  if (lastBackup === undefined) return unknown("Whether there is a backup is not known.");
  if (lastBackup === null) return { holds: true, statement: "No backup was ever made." };
  const hours = Math.max(0, (now - lastBackup.getTime()) / hourMs);
  return {
    holds: hours > above_hours,
    statement: `The last whole backup is ${hours.toFixed(1)} hours old; the limit is ${above_hours}.`,
  };
}

function judgeExpiry(what: string, end: Date | null | undefined, withinDays: number, now: number): Verdict {
  if (end === undefined) return unknown(`${what}: when it ends is not known.`);
  if (end === null) return { holds: false, statement: `${what}: none has an end.` };
  const days = (end.getTime() - now) / dayMs;
  const when = days < 0 ? `ended ${(-days).toFixed(1)} days ago` : `ends in ${days.toFixed(1)} days`;
  return { holds: days < withinDays, statement: `${what} ${when}; the limit is ${withinDays}.` };
}

function judgeDisk({ below_share }: RuleOf<"disk_space">, { sources }: AlertFacts): Verdict {
  const { diskSpace } = sources.readings;
  if (diskSpace === undefined || diskSpace.sizeBytes <= 0) return unknown("How much room the disk has is not known.");
  const share = diskSpace.freeBytes / diskSpace.sizeBytes;
  const free = (diskSpace.freeBytes / 2 ** 30).toFixed(1);
  return {
    holds: share < below_share,
    statement: `${percent(share)} of the disk (${free} GiB) are free; the limit is ${percent(below_share)}.`,
  };
}

function percent(share: number): string {
  return `${Number((share * 100).toFixed(1))} %`;
}
