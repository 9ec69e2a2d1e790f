import type { DriftMonitor, DriftReference, MonitoredVariable, ReferenceVariable } from "@osteon/contracts";
import type { PlacedVariable } from "../reference/compare-with-reference.ts";
import { tiedBlockScores } from "../reference/block-scores.ts";
import { logWealth } from "./log-wealth.ts";

/** A stake is laid anew as patients come, so that drift that sets in late is found too. */
const fewestInWindow = 10;
/** Later windows are longer: of what came before a drift, the next window holds at most a sixth. */
const windowGrowth = 0.2;

/** Monitored from one look to the next; single genes are not, as the profile's level and distance stand for them. */
export function isMonitored({ source }: ReferenceVariable): boolean {
  return source.table !== "completeness" && source.table !== "expression";
}

/** A monitor that has counted nobody. */
export function startMonitor(reference: DriftReference, digest: string): DriftMonitor {
  const variables = reference.variables.filter(isMonitored).map(({ name, blocks }) => {
    const fresh: MonitoredVariable = { counts: blocks.map(() => 0), windows: [], highest: 0 };
    return [name, fresh] as const;
  });
  return {
    format: "osteon-drift-monitor/1",
    reference: digest,
    looks: 0,
    patients: [],
    variables: Object.fromEntries(variables),
  };
}

/**
 * Counts patients who were not counted before, and looks.
 *
 * @param placed the new patients
 * @param hashes of the new patients
 */
export function updateMonitor(
  monitor: DriftMonitor,
  placed: readonly PlacedVariable[],
  hashes: readonly string[],
): DriftMonitor {
  const changed = placed
    .filter(({ variable }) => isMonitored(variable))
    .map(({ variable, places }) => {
      return [variable.name, countPatients(variable, monitor.variables[variable.name]!, places)] as const;
    });
  return {
    ...monitor,
    looks: monitor.looks + 1,
    patients: [...monitor.patients, ...hashes].sort(),
    variables: { ...monitor.variables, ...Object.fromEntries(changed) },
  };
}

function countPatients(variable: ReferenceVariable, before: MonitoredVariable, places: Int16Array): MonitoredVariable {
  const counts = [...before.counts];
  for (const block of places) if (block >= 0) counts[block]!++;
  const highest = Math.max(before.highest, wealthOfWindows(variable, counts, before.windows));
  const begun = total(before.windows.at(-1) ?? []);
  const isDue = total(counts) >= begun + Math.max(fewestInWindow, windowGrowth * begun);
  return { counts, windows: isDue ? [...before.windows, counts] : before.windows, highest };
}

/**
 * The stake is divided over windows beforehand, 1 / ((j + 1)(j + 2)) to window j, and what belongs to windows that have
 * not begun stays as it is, so that all of it together is one test martingale.
 * Source: Shafer, Shen, Vereshchagin & Vovk 2011 (mixtures); Shin, Ramdas & Rinaldo 2023 (restarts).
 */
function wealthOfWindows(
  { blocks, cuts }: ReferenceVariable,
  counts: readonly number[],
  windows: MonitoredVariable["windows"],
): number {
  const starts = [blocks.map(() => 0), ...windows];
  const logs = starts.map((start, j) => {
    const seen = blocks.map((size, b) => size + start[b]!);
    const since = counts.map((count, b) => count - start[b]!);
    return logWealth(seen, since, tiedBlockScores(seen, cuts)) - Math.log((j + 1) * (j + 2));
  });
  logs.push(-Math.log(starts.length + 1));
  const most = Math.max(...logs);
  return most + Math.log(logs.reduce((all, log) => all + Math.exp(log - most), 0));
}

function total(counts: readonly number[]): number {
  return counts.reduce((all, count) => all + count, 0);
}
