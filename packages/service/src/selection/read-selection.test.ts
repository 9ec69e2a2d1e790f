import { answerQuerySchema } from "@osteon/contracts";
import { describe, expect, it } from "vitest";
import { RefusedFields } from "../refused-fields.ts";
import type { ModelVocabulary } from "./model-vocabulary.ts";
import { nearestNames } from "./nearest-names.ts";
import { readSelection } from "./read-selection.ts";

const vocabulary: ModelVocabulary = {
  mutations: ["TP53", "RB1"],
  copy_number: ["MYC", "RB1"],
  expression: ["RUNX2", "MYC", "RB1", "RUNX1"],
  pathways: ["HYPOXIA"],
  expressionUnit: "log2(TPM+1)",
};

const read = (query: object) => readSelection(answerQuerySchema.parse(query), vocabulary);

function problemsOf(query: object): readonly string[] {
  try {
    read(query);
  } catch (error) {
    expect(error).toBeInstanceOf(RefusedFields);
    return (error as RefusedFields).fields.map(({ field, problem }) => `${field}: ${problem}`);
  }
  throw new Error("it was taken");
}

describe("readSelection", () => {
  it("takes names of any table that the answer carries", () => {
    expect(read({})).toBeUndefined();
    expect(read({ genes: "MYC,TP53" })).toEqual({ genes: ["MYC", "TP53"] });
    expect(read({ genes: "RB1,RB1", parts: "mutations" })).toEqual({ genes: ["RB1", "RB1"], parts: ["mutations"] });
    expect(read({ pathways: "HYPOXIA" })).toEqual({ pathways: ["HYPOXIA"] });
  });

  it("names the place of an unknown one, and what it may be, but not what was sent", () => {
    expect(problemsOf({ genes: "TP53,runx2,Jane_Canary" })).toEqual([
      "genes: name 2 is in no part that the answer carries; near to it: RUNX2, RUNX1",
      "genes: name 3 is in no part that the answer carries",
    ]);
    expect(problemsOf({ pathways: "HYPOXIC,hypoxia,x" })).toEqual([
      "pathways: name 1 is in no part that the answer carries; near to it: HYPOXIA",
      "pathways: name 2 is in no part that the answer carries; near to it: HYPOXIA",
      "pathways: name 3 is in no part that the answer carries",
    ]);
  });

  it("refuses names whose part is left out", () => {
    expect(problemsOf({ genes: "TP53", parts: "expression,pathways" })).toHaveLength(1);
    expect(problemsOf({ genes: "TP53", parts: "clinical" })).toHaveLength(1);
    expect(problemsOf({ pathways: "HYPOXIA", parts: "mutations" })).toHaveLength(1);
  });

  it("tells of five and counts the rest", () => {
    const problems = problemsOf({ genes: Array.from({ length: 400 }, (_, i) => `CANARY${i}`).join(",") });
    expect(problems).toHaveLength(6);
    expect(problems[5]).toBe("genes: 395 more of its names are in no part that the answer carries");
    expect(problems.join()).not.toContain("CANARY");
  });
});

describe("nearestNames", () => {
  it.each([
    ["TP53", ["TP53"]],
    ["tp-53", ["TP53"]],
    ["T53", ["TP53"]],
    ["TP", ["TP53"]],
    ["XXTP53", ["TP53"]],
    ["XXXTP53", []],
    ["", []],
    ["RUNX", ["RUNX1", "RUNX2"]],
  ])("finds for %j %j", (written, found) => {
    expect(nearestNames(written, ["RUNX2", "TP53", "RUNX1"], 2)).toEqual(found);
  });
});
