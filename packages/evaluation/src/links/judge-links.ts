import type { LinkEvaluation } from "../report/evaluation-report.ts";
import { knownLinks, testLink, type LinkStrengths } from "./test-links.ts";

/** The links are known beforehand, so real patients need not prove them beyond all doubt to be held to. */
const realLevel = 0.1;
/** A file without the link passes as seldom as this. */
const syntheticLevel = 0.01;

/**
 * Whether synthetic files keep the links that the real patients show.
 *
 * @param real strengths by known link among all real patients
 * @param synthetic the same in each synthetic file
 */
export function judgeLinks(
  real: readonly LinkStrengths[],
  synthetic: readonly (readonly LinkStrengths[])[],
): readonly LinkEvaluation[] {
  return knownLinks.map(({ name, title }, k) => {
    const among = testLink([real[k]!]);
    const inFiles = testLink(synthetic.map((file) => file[k]!));
    const isShown = among !== null && among.pValue <= realLevel;
    const isKept = inFiles !== null && inFiles.pValue <= syntheticLevel;
    return {
      name,
      title,
      real: among,
      synthetic: inFiles,
      verdict: !isShown ? "not informative" : isKept ? "kept" : "lost",
    };
  });
}
