import { osteonError } from "@osteon/errors";
import { profileFields, type Conditions, type ProfileField } from "../conditions.ts";
import { cellOfConditions } from "./condition-cells.ts";
import type { ConditionFloor } from "./condition-floor.ts";

/** Whether a profile has enough training patients behind it, and what to leave out where it has not. */
export type ConditionCheck =
  | { readonly allowed: true }
  | {
      readonly allowed: false;
      /** The smallest sets of fields of which leaving out any one makes the profile allowed. */
      readonly loosen: readonly (readonly ProfileField[])[];
    };

/** Looks a profile up in the floor of its model; a model without a floor (null) allows all. */
export function checkConditions(floor: ConditionFloor | null, conditions: Conditions): ConditionCheck {
  if (!floor || allows(floor, conditions)) return { allowed: true };
  const given = conditionNames.filter((name) => conditions[name] !== undefined);
  // No more than 15 sets, and only on the way to a refusal.
  for (let size = 1; ; size++) {
    const helpful = subsetsOf(given, size).filter((names) => allows(floor, omit(conditions, names)));
    if (helpful.length > 0 || size >= given.length) {
      return { allowed: false, loosen: helpful.map((names) => names.map((name) => profileFields[name])) };
    }
  }
}

/** @throws `generator.rare-profile` naming the fields to leave out, never how many patients there are */
export function refuseRareConditions(floor: ConditionFloor | null, conditions: Conditions): void {
  const check = checkConditions(floor, conditions);
  if (!check.allowed) throw osteonError("generator.rare-profile", { loosen: describeLoosening(check.loosen) });
}

/** The ways to loosen a profile, in words: `age, or event_occurred with metastasis`. */
export function describeLoosening(loosen: readonly (readonly ProfileField[])[]): string {
  return loosen.map((fields) => fields.join(" with ")).join(", or ");
}

const conditionNames = Object.keys(profileFields) as (keyof Conditions)[];

function allows(floor: ConditionFloor, conditions: Conditions): boolean {
  return floor.cells[cellOfConditions(floor, conditions)] === "1";
}

function omit(conditions: Conditions, names: readonly (keyof Conditions)[]): Conditions {
  return Object.fromEntries(Object.entries(conditions).filter(([name]) => !names.includes(name as keyof Conditions)));
}

function subsetsOf<T>(items: readonly T[], size: number): T[][] {
  if (size === 0) return [[]];
  return items.flatMap((item, at) => subsetsOf(items.slice(at + 1), size - 1).map((rest) => [item, ...rest]));
}
