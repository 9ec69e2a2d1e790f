import { RandomStream, streamId } from "@osteon/numerics";
import type { AlignedCohorts } from "../input/align-cohorts.ts";
import { countPatients } from "../input/evaluation-cohort.ts";
import { EvaluationInput } from "../input/evaluation-input.ts";
import type { EvaluationPanel } from "../input/evaluation-panel.ts";
import { explainTooFew, type AttackOutcome } from "./attack-outcome.ts";
import { createAttackTarget } from "./attack-target.ts";
import { attackAttributes, type SecretReport } from "./attribute-inference.ts";
import { attackByClosestExpression, attackByClosestRecord, attackByClosestTables } from "./closest-record.ts";
import { attackByDensityRatio } from "./density-ratio.ts";
import { attackLinkability } from "./linkability.ts";
import type { RecordSpace } from "./record-space.ts";
import { attackSinglingOut } from "./singling-out.ts";

/** An attack on the released file, by name. */
export interface NamedAttack {
  readonly name: string;
  readonly title: string;
  readonly outcome: AttackOutcome;
}

const titles = {
  closest_record: "membership by the closest record",
  closest_clinical: "membership by the closest clinical record",
  closest_alterations: "membership by the closest alterations",
  closest_expression: "membership by the closest expression",
  density_ratio: "membership by density ratio (DOMIAS)",
  attribute_inference: "inference of an attribute",
  singling_out_univariate: "singling out by one attribute",
  singling_out_multivariate: "singling out by several attributes",
  linkability: "linking two halves of a record",
} as const;

/** Attacks with the released file alone, and the secrets of attribute inference one by one. */
export function attackFile(
  cohorts: AlignedCohorts,
  space: RecordSpace,
  panel: EvaluationPanel,
  seed: number,
): { readonly attacks: readonly NamedAttack[]; readonly secrets: readonly SecretReport[] } {
  const random = (attack: keyof typeof titles) => new RandomStream(seed, streamId(`privacy/${attack}`));
  const { train, holdOut, synthetic } = cohorts;
  const nothing: AttackOutcome | null =
    countPatients(synthetic) === 0
      ? { kind: "unanswered", reason: "the file has no record" }
      : explainTooFew(countPatients(train), countPatients(holdOut));
  if (nothing !== null) return { attacks: nameAttacks(() => nothing), secrets: [] };

  const target = createAttackTarget(space, cohorts);
  const inference = attackAttributes(target, random("attribute_inference"));
  const singledOut = attackSinglingOut(target, random("singling_out_univariate"));
  const input = (cohort: typeof train) => new EvaluationInput(cohort, panel);
  const outcomes: Readonly<Record<keyof typeof titles, AttackOutcome>> = {
    closest_record: attackByClosestRecord(target, random("closest_record")),
    closest_clinical: attackByClosestTables(target, ["clinical"], random("closest_clinical")),
    closest_alterations: attackByClosestTables(target, ["mutations", "copyNumber"], random("closest_alterations")),
    closest_expression: attackByClosestExpression(
      input(train),
      input(holdOut),
      input(synthetic),
      random("closest_expression"),
    ),
    density_ratio: attackByDensityRatio(target, random("density_ratio")),
    attribute_inference: inference.outcome,
    singling_out_univariate: singledOut.univariate,
    singling_out_multivariate: singledOut.multivariate,
    linkability: attackLinkability(target, random("linkability")),
  };
  return { attacks: nameAttacks((name) => outcomes[name]), secrets: inference.secrets };
}

function nameAttacks(outcomeOf: (name: keyof typeof titles) => AttackOutcome): readonly NamedAttack[] {
  return (Object.keys(titles) as (keyof typeof titles)[]).map((name) => ({
    name,
    title: titles[name],
    outcome: outcomeOf(name),
  }));
}
