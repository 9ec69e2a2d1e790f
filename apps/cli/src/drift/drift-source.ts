import type { DriftRecord } from "@osteon/contracts";
import type { MonitoringSources } from "@osteon/monitoring";
import type { DriftSource } from "@osteon/service";
import { readDriftRecord } from "./drift-records.ts";

/** The last drift checks as the service tells of them, whoever made them. */
export function openDriftSource(directory: string): DriftSource {
  return {
    read: async () => ({
      input: await readDriftRecord(directory, "input"),
      output: await readDriftRecord(directory, "output"),
    }),
  };
}

const states = ["stable", "watch", "drift"] as const;

/** The worse state of the two questions, as of the older check. A check that could not be made counts as not known. */
export function driftReading(source: DriftSource): NonNullable<MonitoringSources["drift"]> {
  return async () => {
    const { input, output } = await source.read();
    const records = [input, output].filter((record) => record !== null);
    const failure = records.find((record) => record.failure !== null)?.failure;
    if (failure) throw new Error(failure.code);
    const checks = records.flatMap(checkOf);
    if (checks.length === 0) return undefined;
    const worst = Math.max(...checks.map(({ state }) => states.indexOf(state)));
    const oldest = Math.min(...checks.map(({ at }) => at));
    return { state: states[worst]!, measuredAt: new Date(oldest) };
  };
}

function checkOf({ checked_at: at, check }: DriftRecord) {
  return at === null || check === null ? [] : [{ at: Date.parse(at), state: check.state }];
}
