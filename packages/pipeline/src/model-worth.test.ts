import type { OpenedPackage } from "@osteon/registry";
import { describe, expect, it } from "vitest";
import { worthOfModel } from "./model-worth.ts";

const packageWith = (records: Record<string, unknown>) =>
  ({ manifest: { training: { patients: 85 } }, records }) as unknown as OpenedPackage;
const size = {
  trainingPatients: 85,
  refits: 20,
  effectivePatients: 61.5,
  groups: [{ group: "hazard", title: "hazard", estimands: 1, effectivePatients: 61.5, lower: 40, upper: 85 }],
};

describe("the worth that a package states", () => {
  it("is read as it was written", () => {
    const worth = worthOfModel(packageWith({ effective_sample_size: size, validation: {} }));
    expect(worth).toEqual({ trainingPatients: 85, effectiveSampleSize: size });
  });

  it("is not known of a package without the record", () => {
    expect(worthOfModel(packageWith({}))).toEqual({ trainingPatients: 85, effectiveSampleSize: null });
  });

  it.each([{}, null, { ...size, effectivePatients: "many" }, { ...size, groups: [{ group: "luck" }] }])(
    "is refused where it cannot be read",
    (record) => {
      expect(() => worthOfModel(packageWith({ effective_sample_size: record }))).toThrow(
        expect.objectContaining({ code: "pipeline.package-content" }) as Error,
      );
    },
  );
});
