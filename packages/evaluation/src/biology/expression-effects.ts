import type { Alteration } from "./alteration.ts";

/** An alteration and the genes whose expression it moves. */
export interface ExpressionEffect {
  readonly cause: Alteration;
  readonly direction: "up" | "down";
  readonly signature: readonly string[];
}

const e2fTargets = genes(
  "E2F1 E2F8 CCNE1 CCNE2 CCNA2 CDK2 MCM2 MCM3 MCM4 MCM5 MCM6 PCNA CDC6 CDC45 RRM2 TYMS TK1 MYBL2 ORC1 POLE2 CHEK1 UHRF1 DTL CLSPN HELLS RAD51",
);
const p53Targets = genes(
  "CDKN1A MDM2 BAX BBC3 FAS GADD45A SESN1 SESN2 TP53I3 TP53INP1 ZMAT3 XPC DDB2 RRM2B FDXR AEN TNFRSF10B BTG2 PHLDA3 PLK2 PLK3 DRAM1 TRIAP1",
);
const pi3kTargets = genes(
  "EIF4EBP1 RPS6KB1 SQLE LDLR IDI1 HMGCS1 INSIG1 SREBF1 SLC7A5 SLC7A11 PSAT1 TRIB3 ATF4 HK2 PFKFB3 FADS1 SCD CYP51A1 DDIT3 EEF2K",
);
const mycTargets = genes(
  "MYC NPM1 NCL NOP56 NOP16 FBL DKC1 SRM ODC1 LDHA CAD PPAT RRS1 BOP1 NOLC1 EIF4E EIF4G1 CDK4 HSPD1 CCT4 CCT8 TCP1 RANBP1 MRTO4 NAT10",
);

/**
 * Effects of driver alterations on expression with a settled direction. Sources: RB1 and CCNE1 →
 * E2F: Bracken et al. 2004; TP53 → its targets: Fischer 2017; PTEN → mTORC1: Manning and Toker 2017;
 * MYC: Dang 2012.
 */
export const knownExpressionEffects: readonly ExpressionEffect[] = [
  { cause: { gene: "RB1", kinds: ["mutation", "deep loss"] }, direction: "up", signature: e2fTargets },
  { cause: { gene: "CDKN2A", kinds: ["mutation", "deep loss"] }, direction: "up", signature: e2fTargets },
  { cause: { gene: "CCNE1", kinds: ["amplification"] }, direction: "up", signature: e2fTargets },
  { cause: { gene: "TP53", kinds: ["mutation", "deep loss"] }, direction: "down", signature: p53Targets },
  {
    cause: { gene: "MDM2", kinds: ["amplification"] },
    direction: "down",
    signature: p53Targets.filter((gene) => gene !== "MDM2"),
  },
  { cause: { gene: "PTEN", kinds: ["mutation", "deep loss"] }, direction: "up", signature: pi3kTargets },
  { cause: { gene: "MYC", kinds: ["amplification"] }, direction: "up", signature: mycTargets },
];

function genes(symbols: string): readonly string[] {
  return symbols.split(" ");
}
