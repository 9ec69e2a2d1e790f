import type { DriftReference, ReferenceVariable } from "@osteon/contracts";
import { RandomStream } from "@osteon/numerics";
import { describe, expect, it } from "vitest";
import { cutBlocks, placeInBlock } from "../reference/cut-blocks.ts";
import { reportMonitor } from "./report-monitor.ts";
import { startMonitor, updateMonitor } from "./update-monitor.ts";

const random = new RandomStream(5, 5);
const draw = (count: number, shift = 0) => Float64Array.from({ length: count }, () => random.nextNormal() + shift);
const variable: ReferenceVariable = {
  group: "clinical",
  source: { table: "clinical", key: "age" },
  ...cutBlocks("age", draw(88), { fewest: 5, seed: 1 })!,
};
const reference = { variables: [variable] } as unknown as DriftReference;
const start = startMonitor(reference, "0".repeat(64));
const place = (values: Float64Array) => [
  {
    variable,
    places: Int16Array.from(values, (value) => placeInBlock(variable, value, random.nextUniform())),
    categories: new Int16Array(values.length),
  },
];
const report = (monitor: typeof start) =>
  reportMonitor(reference, monitor, { level: 0.05, counted: 0, tellDetectable: true });

describe("a monitor", () => {
  it("finds patients who have changed from the start, and keeps the alarm", () => {
    let monitor = start;
    for (let month = 0; month < 12; month++) monitor = updateMonitor(monitor, place(draw(3, 1.5)), []);
    expect(report(monitor).groups).toMatchObject([{ name: "clinical", state: "alarm" }]);
    for (let month = 0; month < 40; month++) monitor = updateMonitor(monitor, place(draw(3)), []);
    expect(report(monitor).groups[0]!.state).toBe("alarm");
  });

  it("finds a change that sets in after years", () => {
    let monitor = start;
    for (let month = 0; month < 40; month++) monitor = updateMonitor(monitor, place(draw(3)), []);
    expect(report(monitor).groups[0]!.state).toBe("none");
    for (let month = 0; month < 20; month++) monitor = updateMonitor(monitor, place(draw(3, 2)), []);
    expect(report(monitor).groups[0]!.state).toBe("alarm");
  });

  it("stays as it is where a look brings nobody, or nobody with a known value", () => {
    const counted = updateMonitor(start, place(draw(20)), ["a".repeat(32)]);
    const nobody = updateMonitor(counted, place(Float64Array.of(Number.NaN)), []);
    expect(nobody).toEqual({ ...counted, looks: 2 });
    expect(updateMonitor(counted, [], [])).toEqual(nobody);
  });

  it("says that more patients could have shown a smaller shift", () => {
    const shiftAfter = (patients: number) =>
      report(updateMonitor(start, place(draw(patients)), [])).variables[0]!.detectable;
    expect(shiftAfter(0)).toBeNull();
    expect(shiftAfter(10)!).toBeGreaterThan(shiftAfter(40)!);
    expect(shiftAfter(40)!).toBeGreaterThan(shiftAfter(300)!);
  });

  it("opens windows ever further apart", () => {
    let monitor = start;
    for (let month = 0; month < 200; month++) monitor = updateMonitor(monitor, place(draw(3)), []);
    const begun = monitor.variables["age"]!.windows.map((counts) => counts.reduce((sum, count) => sum + count, 0));
    expect(begun.length).toBeLessThan(20);
    begun
      .slice(1)
      .forEach((patients, k) => expect(patients - begun[k]!).toBeGreaterThanOrEqual(Math.max(10, 0.2 * begun[k]!)));
  });
});
