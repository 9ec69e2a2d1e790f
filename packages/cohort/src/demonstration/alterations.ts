/**
 * Frequencies of non-silent mutations.
 * TP53, RB1, ATRX: panel sequencing of 92 patients (Marinoff 2020). TTN, MUC16: TARGET-OS, open tier.
 * The rest are of the order that whole-exome studies of osteosarcoma report (Chen 2014, Perry 2014,
 * Kovac 2015, Behjati 2017); these studies are small, and the exact figure is this project's choice.
 */
export const mutationFrequencies: Readonly<Record<string, number>> = {
  TP53: 0.37,
  RB1: 0.15,
  ATRX: 0.1,
  TTN: 0.08,
  MUC16: 0.06,
  DLG2: 0.06,
  NF1: 0.05,
  PTEN: 0.05,
  SETD2: 0.04,
  KMT2C: 0.04,
  PIK3CA: 0.04,
  BRCA2: 0.03,
  CDKN2A: 0.03,
  IGF1R: 0.03,
  RECQL4: 0.03,
  // Long genes that collect passenger mutations: a tail of rare columns, as every real study has.
  FLG: 0.04,
  RYR2: 0.04,
  CSMD3: 0.035,
  LRP1B: 0.035,
  USH2A: 0.03,
  SYNE1: 0.03,
  OBSCN: 0.03,
  DNAH5: 0.025,
  PCLO: 0.025,
  HMCN1: 0.02,
  FAT3: 0.02,
  XIRP2: 0.02,
  ZFHX4: 0.02,
  DMD: 0.015,
  AHNAK2: 0.015,
  KIT: 0.01,
  PDGFRA: 0.01,
  MDM2: 0.01,
  CTNNB1: 0.01,
};

/** Probabilities of −2 deep loss, −1 loss, 0, 1 gain, 2 amplification; they sum to 1. */
export type CopyNumberProbabilities = readonly [number, number, number, number, number];

/**
 * Copy-number drivers. Gains and losses as in TARGET-OS (GISTIC2: MYC gained in 49 %, RUNX2 32 %,
 * VEGFA and CCND3 25 %, CCNE1 22 %; RB1 lost in 23 %, DLG2 24 %, PTEN 15 %, CDKN2A 14 %); amplified or
 * deeply lost shares of them as panel sequencing calls them (Marinoff 2020: MYC 12 %, CCND3 8 %,
 * CDKN2A 13 %). The remaining genes after Chen 2014 and Behjati 2017, rounded.
 */
export const copyNumberProbabilities: Readonly<Record<string, CopyNumberProbabilities>> = {
  MYC: [0.005, 0.055, 0.45, 0.37, 0.12],
  RUNX2: [0.005, 0.075, 0.6, 0.22, 0.1],
  VEGFA: [0.005, 0.075, 0.67, 0.16, 0.09],
  CCND3: [0.005, 0.075, 0.67, 0.17, 0.08],
  E2F3: [0.005, 0.095, 0.68, 0.16, 0.06],
  CCNE1: [0.01, 0.14, 0.63, 0.15, 0.07],
  CDK4: [0.005, 0.095, 0.76, 0.07, 0.07],
  MDM2: [0.005, 0.095, 0.78, 0.06, 0.06],
  COPS3: [0.01, 0.14, 0.55, 0.18, 0.12],
  IGF1R: [0.005, 0.095, 0.73, 0.12, 0.05],
  PDGFRA: [0.005, 0.095, 0.75, 0.1, 0.05],
  KIT: [0.005, 0.095, 0.76, 0.1, 0.04],
  RB1: [0.06, 0.17, 0.7, 0.065, 0.005],
  DLG2: [0.06, 0.18, 0.68, 0.075, 0.005],
  PTEN: [0.03, 0.12, 0.75, 0.095, 0.005],
  CDKN2A: [0.09, 0.05, 0.77, 0.085, 0.005],
  CDKN2B: [0.09, 0.06, 0.76, 0.085, 0.005],
  TP53: [0.05, 0.25, 0.6, 0.09, 0.01],
  NF1: [0.02, 0.15, 0.7, 0.12, 0.01],
  ATRX: [0.02, 0.1, 0.78, 0.095, 0.005],
};
