/**
 * Genes with recurrent somatic point mutations or truncations in osteosarcoma; kept as features
 * however few patients of a cohort carry them. Sources: Chen et al. 2014 (Cell Rep 7:104), Perry et al.
 * 2014 (PNAS 111:E5564), Kovac et al. 2015 (Nat Commun 6:8940), Bousquet et al. 2016 (Ann Oncol 27:738),
 * Behjati et al. 2017 (Nat Commun 8:15936), Sayles et al. 2019 (Cancer Discov 9:46), Suehara et al. 2019
 * (Clin Cancer Res 25:6346), Marinoff et al. 2020 (AACR Project GENIE panel cohort).
 */
export const driverMutationGenes: readonly string[] = [
  "ATRX",
  "BRCA2",
  "CDKN2A",
  "DLG2",
  "FANCA",
  "IGF1R",
  "KMT2C",
  "MED12",
  "NF1",
  "NF2",
  "NOTCH1",
  "PIK3CA",
  "PTEN",
  "RB1",
  "RECQL4",
  "SETD2",
  "STAG2",
  "TP53",
  "TSC2",
  "WRN",
];

/**
 * Genes whose gain, amplification or loss recurs in osteosarcoma, with the region where a larger one
 * is meant. Sources as for {@link driverMutationGenes}, and Lau et al. 2004 (CDC5L at 6p12), Pasic et al.
 * 2010 (LSAMP at 3q13.31), Sadikovic et al. 2009 (RUNX2 at 6p21).
 */
export const driverCopyNumberGenes: readonly string[] = [
  "AKT1",
  "ATRX",
  "AURKB", // 17p13-11, with COPS3, MAP2K4, NCOR1, PMP22
  "CCND1",
  "CCND2",
  "CCND3", // 6p21, with VEGFA and RUNX2
  "CCNE1", // 19q12
  "CDC5L",
  "CDK4", // 12q14, with MDM2
  "CDK6",
  "CDKN2A", // 9p21, with CDKN2B and MTAP
  "CDKN2B",
  "COPS3",
  "DLG2", // 11q14
  "E2F3",
  "FGFR1",
  "FOXM1",
  "GNAS",
  "IGF1R",
  "KDR", // 4q12, with KIT and PDGFRA
  "KIT",
  "LSAMP",
  "MAP2K4",
  "MCL1",
  "MDM2",
  "MET",
  "MTAP",
  "MYC", // 8q24, with RAD21
  "NCOR1",
  "NF1",
  "PDGFRA",
  "PTEN",
  "RAD21",
  "RB1",
  "RUNX2",
  "TERT",
  "TP53",
  "TSC2",
  "VEGFA",
  "WWOX",
];
