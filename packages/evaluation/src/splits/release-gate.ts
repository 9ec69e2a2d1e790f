import type { EvaluationDesign, FamilyEvaluation, PrivacyVerdict, ReleaseGate } from "../report/evaluation-report.ts";
import { seedGate } from "../report/score-biology.ts";

type Check = ReleaseGate["checks"][number];

/** Under this many patients no gate is passed: intervals would be as wide as the scale. */
export const leastPatients = 30;

/**
 * The release gate: a calibrated biological score of 0.85 with nothing lost, the known links between the parts of a
 * record, no sign of memory, and privacy. The score
 * passes by its value, as fresh real patients do; where it does not, and its interval reaches the line, that cannot be
 * told at this number of patients, which is no pass.
 */
export function decideRelease(
  released: FamilyEvaluation | undefined,
  design: EvaluationDesign,
  privacy: PrivacyVerdict | null,
): ReleaseGate {
  const checks: readonly Check[] = [
    checkScore(released, design),
    checkLinks(released),
    checkMemory(released, design),
    { name: "privacy", ...(privacy ?? { passed: null, statement: "Attacks on the patients' privacy were not run." }) },
  ];
  const verdicts = checks.map(({ passed }) => passed);
  return { passed: verdicts.includes(false) ? false : verdicts.includes(null) ? null : true, checks };
}

function checkScore(released: FamilyEvaluation | undefined, { patients }: EvaluationDesign): Check {
  const name = "calibrated_score";
  const score = released?.biologicalScore;
  if (!score || score.calibrated === null || score.lower === null || score.upper === null) {
    const statement = "No biological metric is informative at this number of patients.";
    return { name, passed: null, statement };
  }
  const seen = `${score.calibrated.toFixed(2)} (${score.lower.toFixed(2)} to ${score.upper.toFixed(2)})`;
  const asked = `Calibrated biological score ${seen}, asked for ${seedGate} or more`;
  if (score.lost.length > 0) {
    const what = score.lost.join(", ");
    return { name, passed: false, statement: `${asked}; nearer to no biology than to real patients in ${what}.` };
  }
  if (patients < leastPatients) {
    return { name, passed: null, statement: `${asked}; of under ${leastPatients} patients it says too little.` };
  }
  if (score.calibrated >= seedGate) return { name, passed: true, statement: `${asked}.` };
  if (score.upper < seedGate) return { name, passed: false, statement: `${asked}.` };
  return { name, passed: null, statement: `${asked}: cannot be told at this number of patients.` };
}

/** What belongs to one patient in the clinic and in the tumour has to meet in one synthetic patient. */
function checkLinks(released: FamilyEvaluation | undefined): Check {
  const name = "links";
  const links = released?.links.filter(({ verdict }) => verdict !== "not informative") ?? [];
  if (links.length === 0) {
    const statement = "Real patients show no known link between course, mutations and expression at this number.";
    return { name, passed: null, statement };
  }
  const saying = (verdict: string) => links.filter((link) => link.verdict === verdict).map(({ title }) => title);
  const lost = saying("lost");
  if (lost.length > 0) {
    return { name, passed: false, statement: `Lost, though real patients show it: ${lost.join("; ")}.` };
  }
  return { name, passed: true, statement: `As in real patients, ${saying("kept").join(", and ")}.` };
}

function checkMemory(released: FamilyEvaluation | undefined, { splits }: EvaluationDesign): Check {
  const name = "memorisation";
  if (!released || splits === 0) return { name, passed: null, statement: "No split could be compared." };
  const flags = released.memorisationFlags;
  if (flags.length > 0) return { name, passed: false, statement: `Signs of memory: ${flags.join("; ")}.` };
  const { synthetic, nullRange } = released.memorisation.membershipAuc;
  if (synthetic === null) {
    return {
      name,
      passed: null,
      statement: "Memory cannot be looked for: there is no expression to tell patients by.",
    };
  }
  const area = `membership AUC ${synthetic.toFixed(2)}, chance reaches ${nullRange[1].toFixed(2)}`;
  return { name, passed: true, statement: `No sign of memory: ${area}, no copy of a training patient.` };
}
