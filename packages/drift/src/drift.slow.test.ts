import type { DriftReference, ReferenceVariable } from "@osteon/contracts";
import { RandomStream, wilsonInterval } from "@osteon/numerics";
import { describe, expect, it } from "vitest";
import { cutBlocks, placeInBlock } from "./reference/cut-blocks.ts";
import { reportMonitor } from "./sequential/report-monitor.ts";
import { startMonitor, updateMonitor } from "./sequential/update-monitor.ts";
import { detectableMeanShift } from "./statistics/detectable-shift.ts";
import { drawLabels, relabelVariable } from "./statistics/relabel.ts";
import { createDistributionVariable } from "./variables/distribution-variable.ts";

type Draw = (random: RandomStream, shift: number) => number;

/** Variables of every kind: continuous, of two values, rare, mostly zero. */
const draws: readonly Draw[] = [
  ...Array.from({ length: 4 }, (): Draw => (random, shift) => random.nextNormal() + shift),
  (random) => (random.nextUniform() < 0.35 ? 1 : 0),
  (random) => (random.nextUniform() < 0.05 ? 1 : 0),
  (random, shift) => Math.max(0, random.nextNormal() + shift - 0.3),
  (random, shift) => Math.max(-2, Math.min(2, Math.round(random.nextNormal() + shift))),
];

/** In which month a monitor of three patients a month alarms; undefined where it does not within five years. */
function monthOfAlarm(seed: number, shift: number, onset = 0): number | undefined {
  const random = new RandomStream(seed, 77);
  const variables = draws.map((draw, k): ReferenceVariable => {
    const blocked = cutBlocks(
      `x${k}`,
      Float64Array.from({ length: 88 }, () => draw(random, 0)),
      { fewest: 5, seed },
    )!;
    return { group: k < 4 ? "clinical" : "mutations", source: { table: "clinical", key: `x${k}` }, ...blocked };
  });
  const reference = { variables } as unknown as DriftReference;
  let monitor = startMonitor(reference, "0".repeat(64));
  for (let month = 1; month <= 60; month++) {
    const placed = variables.map((variable, k) => ({
      variable,
      places: Int16Array.from({ length: 3 }, () =>
        placeInBlock(variable, draws[k]!(random, month > onset && k === 0 ? shift : 0), random.nextUniform()),
      ),
      categories: new Int16Array(3),
    }));
    monitor = updateMonitor(monitor, placed, []);
    const { groups } = reportMonitor(reference, monitor, { level: 0.05, counted: 3, tellDetectable: false });
    if (groups.some(({ state }) => state === "alarm")) return month;
  }
  return undefined;
}

describe("a monitor that looks every month for five years", () => {
  it("alarms in no more than one of twenty where nothing drifts", () => {
    const monitors = 60;
    let alarms = 0;
    for (let seed = 0; seed < monitors; seed++) if (monthOfAlarm(seed, 0) !== undefined) alarms++;
    expect(wilsonInterval(alarms, monitors, 0.95).lower).toBeLessThanOrEqual(0.05);
  });

  it("finds a shift of 1 SD within two years in four of five, also one that sets in after two years", () => {
    for (const onset of [0, 24]) {
      const delays = Array.from({ length: 30 }, (_, seed) => monthOfAlarm(1_000 + seed, 1, onset));
      const found = delays.filter((month) => month !== undefined && month <= onset + (onset === 0 ? 24 : 36));
      expect(found.length).toBeGreaterThanOrEqual(24);
    }
  });
});

describe("the detectable shift", () => {
  it.each([
    [88, 30, 0.005],
    [88, 88, 0.002],
    [88, 200, 0.001],
  ])("of %i against %i patients is found in about four of five", (reference, current, pValue) => {
    const { shift } = detectableMeanShift(reference, current, pValue);
    const actual = new Uint8Array(reference + current).fill(1, reference);
    const relabelled = drawLabels(reference + current, current, 9_999, 1);
    const repeats = 60;
    let found = 0;
    for (let repeat = 0; repeat < repeats; repeat++) {
      const random = new RandomStream(repeat, 78);
      const values = Float64Array.from(actual, (label) => random.nextNormal() + label * shift);
      const variable = createDistributionVariable("x", "clinical", values)!;
      if (relabelVariable(variable, actual, relabelled).combined <= pValue) found++;
    }
    const { lower, upper } = wilsonInterval(found, repeats, 0.99);
    expect(lower).toBeLessThan(0.85);
    expect(upper).toBeGreaterThan(0.72);
  });
});
