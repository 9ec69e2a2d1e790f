import { describeAllowedValues, profileSchema, type FieldProblem, type Profile } from "@osteon/contracts";
import { OsteonError } from "@osteon/errors";
import { checkConditions, conditionsOfProfile, type ConditionFloor } from "@osteon/generator";

/**
 * One entry for each field that would help a refused profile if it were left out; undefined for any other error.
 * Never says how many patients there are.
 *
 * @param profile the body of the request that was refused
 */
export function describeRareProfile(
  error: unknown,
  profile: Profile,
  floor: ConditionFloor | null,
): readonly FieldProblem[] | undefined {
  if (!(error instanceof OsteonError) || error.code !== "generator.rare-profile") {
    return undefined;
  }
  const check = checkConditions(floor, conditionsOfProfile(profile));
  const fields = check.allowed ? [] : [...new Set(check.loosen.flat())];
  return fields.map((field) => ({
    field,
    allowed: `left out, or a commoner value (${describeAllowedValues(profileSchema.shape[field])})`,
    problem: "too few training patients with this and the other conditions",
  }));
}
