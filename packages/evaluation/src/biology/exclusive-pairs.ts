import type { Alteration } from "./alteration.ts";

const loss = ["mutation", "deep loss"] as const;

/**
 * Alterations that do the same work and so seldom meet in one osteosarcoma: either side of the
 * MDM2–p53 axis, and of the CDKN2A–cyclin D–CDK4–RB1 axis. Sources: Ladanyi et al. 1993 (Cancer Res
 * 53:16), Overholtzer et al. 2003 (PNAS 100:11547), Sayles et al. 2019 (Cancer Discov 9:46).
 */
export const knownExclusivePairs: readonly (readonly [Alteration, Alteration])[] = [
  [
    { gene: "TP53", kinds: loss },
    { gene: "MDM2", kinds: ["amplification"] },
  ],
  [
    { gene: "RB1", kinds: loss },
    { gene: "CDK4", kinds: ["amplification"] },
  ],
  [
    { gene: "RB1", kinds: loss },
    { gene: "CDKN2A", kinds: ["mutation", "deep loss"] },
  ],
  [
    { gene: "RB1", kinds: loss },
    { gene: "CCND3", kinds: ["amplification"] },
  ],
  [
    { gene: "CDK4", kinds: ["amplification"] },
    { gene: "CDKN2A", kinds: ["mutation", "deep loss"] },
  ],
];
