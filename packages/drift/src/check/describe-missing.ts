import type { Cohort } from "@osteon/cohort";
import type { DriftGroupName, DriftReference, ReferenceVariable } from "@osteon/contracts";

/** What of a reference could not be compared. */
interface Missing {
  /** Groups of which little or nothing was compared. */
  readonly gaps: readonly string[];
  /** A few genes. */
  readonly notes: readonly string[];
}

/** @param unread variables of the reference that the patients' tables do not have, or not in its unit */
export function describeMissing(
  { variables, expressionUnit, expressionGenes }: DriftReference,
  { patientIds, expression }: Cohort,
  unread: readonly ReferenceVariable[],
): Missing {
  const gaps: string[] = [];
  const notes: string[] = [];
  if (patientIds.length === 0) return { gaps, notes };
  const groups = new Set(variables.map(({ group }) => group));
  for (const name of groups) {
    const count = (all: readonly ReferenceVariable[]) => all.filter(({ group }) => group === name).length;
    const [missing, expected] = [count(unread), count(variables)];
    if (missing === expected) gaps.push(`Not compared: ${name}. ${whyNot(name, expression, expressionUnit)}`);
    else if (2 * missing > expected)
      gaps.push(`Of ${name} only ${expected - missing} of ${expected} variables are compared.`);
    else if (missing > 0)
      notes.push(`Of ${name}, ${missing} of ${expected} variables are not in these patients' tables.`);
  }
  const listed = new Set(expression.genes);
  const genes = expressionGenes.filter((gene) => !listed.has(gene)).length;
  if (expression.unit === expressionUnit && expression.genes.length > 0 && genes > 0) {
    notes.push(`Of the reference's ${expressionGenes.length} genes with expression, ${genes} are not measured.`);
  }
  return { gaps, notes };
}

function whyNot(
  group: DriftGroupName,
  expression: Cohort["expression"],
  unit: DriftReference["expressionUnit"],
): string {
  const isOfExpression = group === "pathways" || group === "expression";
  if (isOfExpression && expression.genes.length > 0) {
    return expression.unit === unit
      ? "Too many of the reference's genes are not measured: ranks over the others would be other ones."
      : `Expression is in ${expression.unit}, and the reference's in ${unit}.`;
  }
  return "These patients have no such table, or none of the reference's genes.";
}
