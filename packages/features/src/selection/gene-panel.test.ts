import { simulateDemonstrationCohort } from "@osteon/cohort";
import { describe, expect, it } from "vitest";
import { parseGmt } from "../pathways/parse-gmt.ts";
import { driverMutationGenes } from "./driver-genes.ts";
import { applyPanel, driverPanel, panelOfGeneSets } from "./gene-panel.ts";

const { cohort } = simulateDemonstrationCohort({ patients: 40, genes: 100, seed: 1 });
const [first, second] = cohort.expression.genes as [string, string];

describe("a panel of gene sets", () => {
  it("takes alterations by name, and every other set for expression, each gene once", () => {
    const file = "mutations\t\tTP53\tRB1\ncopy_number\t\tMYC\nA\t\tG1\tG2\nB\t\tG2\tG3\n";
    expect(panelOfGeneSets(parseGmt(file, "panel.gmt"))).toEqual({
      mutationGenes: ["TP53", "RB1"],
      copyNumberGenes: ["MYC"],
      expressionGenes: ["G1", "G2", "G3"],
    });
    expect(panelOfGeneSets(parseGmt("A\t\tG1\n", "panel.gmt"))).toMatchObject({
      mutationGenes: [],
      copyNumberGenes: [],
    });
  });
});

describe("applyPanel", () => {
  const panel = {
    mutationGenes: ["TP53", "NOBODY"],
    copyNumberGenes: ["MYC", "NOT"],
    expressionGenes: [second, first, "NOT"],
  };

  it("keeps what the tables have a column of, and all mutations", () => {
    expect(applyPanel(panel, cohort)).toMatchObject({
      mutationGenes: ["NOBODY", "TP53"],
      copyNumberGenes: ["MYC"],
      expressionGenes: [first, second].toSorted(),
      expressionUnit: cohort.expression.unit,
    });
    expect(applyPanel(panel, { ...cohort, mutations: { genes: [], values: new Int8Array() } }).mutationGenes).toEqual(
      [],
    );
    expect(applyPanel(driverPanel, cohort).mutationGenes).toEqual(driverMutationGenes.toSorted());
  });

  it("says the same of any patients with these columns: also of such as have no value, or all the same", () => {
    const { mutations, copyNumber, expression } = cohort;
    const other = {
      ...cohort,
      mutations: { ...mutations, values: mutations.values.map(() => 0) },
      copyNumber: { ...copyNumber, values: copyNumber.values.map(() => 0) },
      expression: { ...expression, values: expression.values.map(() => Number.NaN) },
    };
    expect(applyPanel(driverPanel, other)).toEqual(applyPanel(driverPanel, cohort));
  });

  it("refuses a panel of which fewer than two genes have expression, with counts", () => {
    expect(() => applyPanel({ ...panel, expressionGenes: [first, "NOT", "NOR"] }, cohort)).toThrow(
      expect.objectContaining({ code: "features.panel-not-measured", parameters: { named: 3, measured: 1 } }),
    );
  });
});
