import { copyNumberProbabilities, mutationFrequencies } from "./alterations.ts";
import { demonstrationPathwayNames } from "./pathways.ts";

/** One variable of the latent truth: standard normal, a weighted sum of earlier ones and noise of its own. */
export interface LatentNode {
  /** `mutation:TP53`, `copyNumber:MYC`, `pathway:p53`, `clinical:metastasis`, `program:…`, `locus:…`. */
  readonly name: string;
  readonly parents: Readonly<Record<string, number>>;
}

/**
 * Direct effects between latent variables, on the scale of correlations where a variable has one parent.
 * Signs follow the literature: TP53 mutation and MDM2 amplification exclude each other (Oliner 1992) and
 * silence the p53 pathway; RB1 loss, CDK4 and CCNE1 gain free E2F; PTEN loss frees PI3K; neighbours on
 * 6p12–21, 8q24, 12q13–15 and 9p21 change together (Chen 2014, Behjati 2017). Sizes are the project's.
 */
const effects: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  "mutation:TP53": { "program:instability": 0.35 },
  "mutation:RB1": { "program:instability": 0.3 },
  "mutation:ATRX": { "program:instability": 0.2 },
  "mutation:TTN": { "program:burden": 0.6 },
  "mutation:MUC16": { "program:burden": 0.6 },

  "copyNumber:MYC": { "program:instability": 0.35 },
  "copyNumber:RUNX2": { "locus:6p": 0.8, "program:instability": 0.15 },
  "copyNumber:VEGFA": { "locus:6p": 0.85 },
  "copyNumber:CCND3": { "locus:6p": 0.85 },
  "copyNumber:E2F3": { "locus:6p": 0.6 },
  "copyNumber:CCNE1": { "program:instability": 0.35 },
  "copyNumber:CDK4": { "locus:12q": 0.8 },
  "copyNumber:MDM2": { "mutation:TP53": -0.65, "locus:12q": 0.6 },
  "copyNumber:COPS3": { "program:instability": 0.4 },
  "copyNumber:PDGFRA": { "locus:4q": 0.85 },
  "copyNumber:KIT": { "locus:4q": 0.85 },
  "copyNumber:RB1": { "program:instability": -0.35 },
  "copyNumber:DLG2": { "program:instability": -0.25 },
  "copyNumber:PTEN": { "program:instability": -0.25 },
  "copyNumber:CDKN2A": { "locus:9p": 0.93 },
  "copyNumber:CDKN2B": { "locus:9p": 0.93 },
  "copyNumber:TP53": { "program:instability": -0.4 },

  "pathway:p53": { "mutation:TP53": -0.55, "copyNumber:MDM2": -0.2 },
  "pathway:cellCycle": {
    "program:proliferation": 0.65,
    "copyNumber:RB1": -0.25,
    "mutation:RB1": 0.2,
    "copyNumber:CDK4": 0.15,
    "copyNumber:CCNE1": 0.2,
  },
  "pathway:mycTargets": { "program:proliferation": 0.5, "copyNumber:MYC": 0.45 },
  "pathway:wnt": { "program:stroma": 0.2 },
  "pathway:osteoblast": { "copyNumber:RUNX2": 0.3, "pathway:wnt": -0.25 },
  "pathway:hypoxia": { "program:stroma": 0.3, "program:proliferation": 0.2 },
  "pathway:angiogenesis": { "pathway:hypoxia": 0.4, "copyNumber:VEGFA": 0.25, "program:stroma": 0.35 },
  "pathway:mesenchymal": { "program:stroma": 0.65, "pathway:hypoxia": 0.2 },
  "pathway:immuneResponse": { "program:stroma": 0.25, "program:instability": -0.35 },
  "pathway:apoptosis": { "pathway:p53": 0.45, "pathway:immuneResponse": 0.2 },
  "pathway:pi3kMtor": { "copyNumber:PTEN": -0.35, "mutation:PTEN": 0.25, "mutation:PIK3CA": 0.25 },
  "pathway:dnaRepair": { "program:proliferation": 0.55 },

  "clinical:metastasis": { "pathway:mesenchymal": 0.25, "pathway:hypoxia": 0.15, "pathway:immuneResponse": -0.2 },
  "clinical:necrosis": { "clinical:metastasis": -0.25, "pathway:immuneResponse": 0.2, "pathway:hypoxia": -0.2 },
  "clinical:age": { "program:instability": 0.1 },
};

/** All latent variables below expression, parents before children. */
export const latentNodes: readonly LatentNode[] = [
  "program:proliferation",
  "program:stroma",
  "program:instability",
  "program:burden",
  "locus:6p",
  "locus:12q",
  "locus:4q",
  "locus:9p",
  ...Object.keys(mutationFrequencies).map((gene) => `mutation:${gene}`),
  ...Object.keys(copyNumberProbabilities).map((gene) => `copyNumber:${gene}`),
  ...pathwaysInOrder(),
  "clinical:metastasis",
  "clinical:necrosis",
  "clinical:age",
  "clinical:sex",
].map((name) => ({ name, parents: effects[name] ?? passengerEffects(name) }));

/** Mutations without an entry of their own follow the tumour's mutation burden. */
function passengerEffects(name: string): Readonly<Record<string, number>> {
  return name.startsWith("mutation:") ? { "program:burden": 0.4 } : {};
}

/** Those that other pathways depend on come first. */
function pathwaysInOrder(): string[] {
  const first: string[] = ["p53", "wnt", "hypoxia", "immuneResponse"];
  const rest = demonstrationPathwayNames.filter((name) => !first.includes(name));
  return [...first, ...rest].map((name) => `pathway:${name}`);
}
