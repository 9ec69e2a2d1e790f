import { testLogRank } from "@osteon/survival";
import { detectableHazardRatio } from "../statistics/detectable-shift.ts";
import type { DriftVariable, Labels } from "./drift-variable.ts";

/**
 * Time to an event compared by the log-rank test, which takes censoring into account. With the events turned
 * round it compares how long patients were followed, which grows by itself from one extract to the next.
 *
 * @param timesDays one a pooled patient, NaN where unknown
 * @param events 1 or 0; read only where the time is known
 * @returns undefined where there is no event
 */
export function createSurvivalVariable(
  name: string,
  timesDays: Float64Array,
  events: Int8Array,
): DriftVariable | undefined {
  const rows = Uint32Array.from(timesDays.keys()).filter((row) => !Number.isNaN(timesDays[row]!));
  const times = Float64Array.from(rows, (row) => timesDays[row]!);
  const known = Int8Array.from(rows, (row) => events[row]!);
  const deaths = known.reduce((sum, event) => sum + event, 0);
  if (deaths === 0) return undefined;
  const test = (labels: Labels) =>
    testLogRank(
      times,
      known,
      Uint8Array.from(rows, (row) => labels[row]!),
    );
  const count = (labels: Labels) => {
    let current = 0;
    for (const row of rows) current += labels[row]!;
    return { reference: rows.length - current, current };
  };
  return {
    name,
    group: "clinical",
    unit: "hazard ratio",
    statistics: ["log-rank"],
    compute: (labels, into) => {
      into[0] = test(labels).chiSquare;
    },
    count,
    /** Of observed to expected deaths (Peto's crude estimate). */
    difference: (labels) => {
      const { groups, observedDeaths, expectedDeaths } = test(labels);
      if (groups.length < 2 || expectedDeaths.includes(0) || observedDeaths[0] === 0) return null;
      return observedDeaths[1]! / expectedDeaths[1]! / (observedDeaths[0]! / expectedDeaths[0]!);
    },
    detectable: (labels, pValue) => {
      const { reference, current } = count(labels);
      return reference === 0 || current === 0 ? null : detectableHazardRatio(deaths, reference, current, pValue);
    },
  };
}
