import { describe, expect, it } from "vitest";
import { fitOf, runFamily } from "./support/run-family.ts";

describe("architecture: auto", () => {
  it("compares all families on held-out patients and keeps the evidence in the package", async () => {
    const { directory, opened } = await runFamily(
      { architecture: "auto", selection_splits: 2 },
      { data: { source: "demonstration", patients: 80, genes: 60 } },
    );
    const choice = opened.records["architecture"] as {
      chosen: string;
      families: { family: string; scores: unknown[] }[];
    };
    expect(choice.families.map(({ family }) => family)).toEqual(["factor-copula", "cvae", "diffusion"]);
    for (const { scores } of choice.families) expect(scores).toHaveLength(2);
    expect(opened.manifest.family).toBe(choice.chosen);
    expect(fitOf(directory)).toMatchObject({ family: choice.chosen, choice });
  });
});
