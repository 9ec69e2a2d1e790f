import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { logChance, logWealth } from "./sequential/log-wealth.ts";
import { judgeGroups } from "./statistics/judge-groups.ts";
import { createDistributionVariable } from "./variables/distribution-variable.ts";

interface Golden {
  readonly samples: Record<"reference" | "current", number[]> & Record<"ks" | "wasserstein" | "psi", number>;
  readonly urn: Record<"blocks" | "counts", number[]> & Record<"logChance" | "logWealth", number>;
  readonly adjusted: { readonly pValues: number[]; readonly qValues: number[]; readonly simes: number };
}

const { samples, urn, adjusted } = JSON.parse(
  readFileSync(new URL("../golden/drift-golden.json", import.meta.url), "utf8"),
) as Golden;

describe("the values of numpy and scipy", () => {
  it("are those of the distances", () => {
    const { reference, current } = samples;
    const pooled = Float64Array.of(...reference, ...current);
    const into = new Float64Array(3);
    const labels = Uint8Array.from(pooled, (_, row) => (row < reference.length ? 0 : 1));
    createDistributionVariable("x", "clinical", pooled)!.compute(labels, into);
    [samples.psi, samples.ks, samples.wasserstein].forEach((value, k) => expect(into[k]).toBeCloseTo(value, 9));
  });

  it("are those of the chance of counts and of the stake", () => {
    expect(logChance(urn.blocks, urn.counts)).toBeCloseTo(urn.logChance, 8);
    expect(logWealth(urn.blocks, urn.counts)).toBeCloseTo(urn.logWealth, 8);
  });

  it("are those of the adjustment", () => {
    const [group] = judgeGroups([adjusted.pValues], 0.05);
    expect(group!.pValue).toBeCloseTo(adjusted.simes, 12);
    adjusted.qValues.forEach((value, k) => expect(group!.variableQValues[k]).toBeCloseTo(value, 12));
  });
});
