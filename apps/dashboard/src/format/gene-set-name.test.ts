import { expect, it } from "vitest";
import { readGeneSetNames } from "./gene-set-name.ts";

it("leaves the collection out where it is the same, and spells genes as they are", () => {
  const names = [
    "OSTEON_P53_PATHWAY",
    "OSTEON_PI3K_AKT_MTOR",
    "OSTEON_ANTIGEN_PRESENTATION_AND_T_CELLS",
    "OSTEON_HYPOXIA",
  ];
  expect([...readGeneSetNames(names).values()]).toEqual([
    "p53 pathway",
    "PI3K AKT mTOR",
    "Antigen presentation and T cells",
    "Hypoxia",
  ]);
});

it("keeps the collection where there are several, and a name that has none", () => {
  expect([...readGeneSetNames(["HALLMARK_HYPOXIA", "OSTEON_HYPOXIA"]).values()]).toEqual([
    "Hallmark hypoxia",
    "Osteon hypoxia",
  ]);
  expect([...readGeneSetNames(["OSTEON_HYPOXIA"]).values()]).toEqual(["Osteon hypoxia"]);
  expect([...readGeneSetNames(["HYPOXIA", "APOPTOSIS"]).values()]).toEqual(["Hypoxia", "Apoptosis"]);
});
