import { assertCohortShape, type Cohort } from "@osteon/cohort";
import { osteonError } from "@osteon/errors";
import type { DriftGroupName, DriftReport, DriftState, GroupDrift, VariableDrift } from "./drift-report.ts";
import { judgeGroups, type JudgedGroup } from "./statistics/judge-groups.ts";
import { drawLabels, relabelVariable, type RelabelledVariable } from "./statistics/relabel.ts";
import type { DriftVariable, Labels } from "./variables/drift-variable.ts";
import { listVariables } from "./variables/list-variables.ts";

export interface DriftOptions {
  /** 0 … 2^53 − 1; default 1. */
  readonly seed?: number;
  /** Relabellings; by default 1,999, fewer down to 999 where patients are many. */
  readonly permutations?: number;
  /** Chance of any alarm where nothing drifts; default 0.05. */
  readonly level?: number;
  /** Expression genes looked at, those that vary most; default 200. */
  readonly genes?: number;
  readonly signal?: AbortSignal | undefined;
}

/** Relabellings times patients stays about under this. */
const mostLabels = 20_000_000;
/** Relabellings of a variable that none of the first ones reached: enough to tell one gene of 200 in six groups. */
const deepPermutations = 29_999;
/** A group's finding is asked of a tenth of its variables, since one gene of hundreds is lost among them. */
const sharedBy = 0.1;
/** Sides of fewer patients are not compared. */
export const fewestPatients = 5;

/**
 * Have the patients changed? Compares two cohorts of *different* patients, variable by variable, each by its
 * statistics against relabelled patients; adjusted for the number of variables; with what these numbers of
 * patients could have shown. The same cohorts, options and seed give the same report.
 *
 * @throws drift.too-few-patients, .option; `cohort.shape`, `cohort.value` for a cohort that is not well formed
 * @example measureDrift(training, newPatients).state; // "cannot tell yet"
 */
export function measureDrift(reference: Cohort, current: Cohort, options: DriftOptions = {}): DriftReport {
  assertCohortShape(reference);
  assertCohortShape(current);
  const { seed, permutations, level, genes } = settle(reference, current, options);
  const patients = reference.patientIds.length + current.patientIds.length;
  const actual: Labels = new Uint8Array(patients).fill(1, reference.patientIds.length);
  const relabelled = drawLabels(patients, current.patientIds.length, permutations, seed);
  const variables = listVariables(reference, current, genes);
  const measure = (variable: DriftVariable, labels: readonly Labels[]): Measured => {
    options.signal?.throwIfAborted();
    return { variable, result: relabelVariable(variable, actual, labels) };
  };
  const names = [...new Set(variables.map(({ group }) => group))];
  const deep = Math.max(permutations, Math.min(deepPermutations, Math.floor((2 * mostLabels) / patients)));
  const deeper = once(() => drawLabels(patients, current.patientIds.length, deep, seed));
  const members = names.map((name) => {
    const group = variables.filter((variable) => variable.group === name);
    const first = group.map((variable) => measure(variable, relabelled));
    const unreached = first.filter(isUnreached);
    // So many pass by their number alone; and going on only where no relabelling reached keeps p-values valid.
    const isEnough = unreached.length * level * (permutations + 1) >= group.length * names.length;
    return isEnough || deep === permutations
      ? first
      : first.map((one) => (isUnreached(one) ? measure(one.variable, deeper()) : one));
  });
  const judged = judgeGroups(
    members.map((group) => group.map(({ result }) => result.combined)),
    level,
  );
  const described = members.map((group, g) =>
    group.map(({ variable, result }, k) => {
      const pValue = (level * Math.max(1, sharedBy * group.length)) / (group.length * names.length);
      const qValue = judged[g]!.variableQValues[k]!;
      return describe(variable, result, actual, { qValue, level, pValue, isReachable: pValue * (deep + 1) >= 1 });
    }),
  );
  const groups = names.map((name, g) => describeGroup(name, judged[g]!, described[g]!));
  return {
    format: "osteon-drift/1",
    state: worstOf(groups),
    reference: reference.patientIds.length,
    current: current.patientIds.length,
    level,
    permutations,
    groups,
    variables: described.flat(),
    notes: describeTables(reference, current),
  };
}

function settle(reference: Cohort, current: Cohort, options: DriftOptions) {
  const fewest = Math.min(reference.patientIds.length, current.patientIds.length);
  if (fewest < fewestPatients) throw osteonError("drift.too-few-patients", { actual: fewest, minimum: fewestPatients });
  const affordable = Math.floor(mostLabels / (reference.patientIds.length + current.patientIds.length));
  const settled = {
    seed: options.seed ?? 1,
    permutations: options.permutations ?? Math.min(1_999, Math.max(999, affordable)),
    level: options.level ?? 0.05,
    genes: options.genes ?? 200,
  };
  if (!(Number.isSafeInteger(settled.seed) && settled.seed >= 0)) refuse("seed", "a whole number of 0 or more");
  if (!(Number.isInteger(settled.permutations) && settled.permutations >= 99)) {
    refuse("permutations", "a whole number of 99 or more");
  }
  if (!(settled.level > 0 && settled.level < 1)) refuse("level", "between 0 and 1");
  if (!(Number.isInteger(settled.genes) && settled.genes >= 0)) refuse("genes", "a whole number of 0 or more");
  return settled;
}

function refuse(option: string, allowed: string): never {
  throw osteonError("drift.option", { option, allowed });
}

interface Measured {
  readonly variable: DriftVariable;
  readonly result: RelabelledVariable;
}

/** No relabelling is as far apart: its p-value is as small as it can be, and with more of them may be smaller. */
function isUnreached({ result }: Measured): boolean {
  return result.combined * (result.nulls[0]!.length + 1) < 1.5;
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

interface Judgement {
  readonly qValue: number;
  readonly level: number;
  /** What a p-value has to be to be found in a tenth of the group's variables. */
  readonly pValue: number;
  /** That so many relabellings can give so small a p-value. */
  readonly isReachable: boolean;
}

function describe(
  variable: DriftVariable,
  result: RelabelledVariable,
  actual: Labels,
  { qValue, level, pValue, isReachable }: Judgement,
): VariableDrift {
  const detectable = isReachable ? variable.detectable(actual, pValue, result.nulls) : null;
  return {
    name: variable.name,
    group: variable.group,
    ...variable.count(actual),
    statistics: variable.statistics.map((name, s) => ({
      name,
      value: result.observed[s]!,
      nullMean: meanOf(result.nulls[s]!),
      pValue: result.pValues[s]!,
    })),
    pValue: result.combined,
    qValue,
    difference: variable.difference(actual),
    unit: variable.unit,
    detectable: detectable?.shift ?? null,
    state: qValue <= level ? "drift" : detectable?.isFine === true ? "no drift" : "cannot tell yet",
  };
}

function describeGroup(name: DriftGroupName, judged: JudgedGroup, variables: readonly VariableDrift[]): GroupDrift {
  const count = (state: DriftState) => variables.filter((variable) => variable.state === state).length;
  const isTold = count("no drift") >= count("cannot tell yet");
  return {
    name,
    variables: variables.length,
    pValue: judged.pValue,
    qValue: judged.qValue,
    drifted: count("drift"),
    state: judged.isFound ? "drift" : isTold ? "no drift" : "cannot tell yet",
  };
}

function worstOf(groups: readonly GroupDrift[]): DriftState {
  const states = new Set(groups.map(({ state }) => state));
  if (states.has("drift")) return "drift";
  return states.has("cannot tell yet") || groups.length === 0 ? "cannot tell yet" : "no drift";
}

/** What no comparison of patients shows: other units, other genes. */
function describeTables(reference: Cohort, current: Cohort): string[] {
  const notes: string[] = [];
  const [before, now] = [reference.expression, current.expression];
  if (before.genes.length > 0 && now.genes.length > 0 && before.unit !== now.unit) {
    notes.push(`Expression is in ${now.unit}, and was in ${before.unit}: it is not compared.`);
  }
  for (const [table, words] of [
    ["copyNumber", "copy number"],
    ["expression", "expression"],
  ] as const) {
    const earlier = new Set(reference[table].genes);
    const later = new Set(current[table].genes);
    const gone = [...earlier].filter((gene) => !later.has(gene)).length;
    const added = [...later].filter((gene) => !earlier.has(gene)).length;
    if (gone + added > 0) notes.push(`Of the genes with ${words}, ${gone} are no longer there and ${added} are new.`);
  }
  return notes;
}

function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
