import type { DriftGroupName, DriftReport, DriftState, GroupDrift, VariableDrift } from "@osteon/contracts";
import { osteonError } from "@osteon/errors";
import { judgeGroups, type JudgedGroup } from "./statistics/judge-groups.ts";
import { drawLabels, relabelVariable, type RelabelledVariable } from "./statistics/relabel.ts";
import type { DriftVariable, Labels } from "./variables/drift-variable.ts";

export interface JudgementOptions {
  /** 0 … 2^53 − 1; default 1. */
  readonly seed?: number;
  /** Relabellings; by default 1,999, fewer down to 999 where patients are many. */
  readonly permutations?: number;
  /** Chance of any alarm where nothing drifts; default 0.05. */
  readonly level?: number;
  readonly signal?: AbortSignal | undefined;
}

/** Variables over the same pooled patients: those of the reference first. */
export interface ComparedPatients {
  readonly reference: number;
  readonly current: number;
  readonly variables: readonly DriftVariable[];
}

export type Judgement = Pick<DriftReport, "state" | "level" | "permutations" | "groups" | "variables">;

/** Relabellings times patients stays about under this. */
const mostLabels = 20_000_000;
/** Relabellings of a variable that none of the first ones reached: enough to tell one gene of 200 in six groups. */
const deepPermutations = 29_999;
/** A group's finding is asked of a tenth of its variables, since one gene of hundreds is lost among them. */
const sharedBy = 0.1;
/** Relabellings that the band of differences is read from. */
const bandLabels = 399;

type SettledOptions = Required<Omit<JudgementOptions, "signal">> & Pick<JudgementOptions, "signal">;

/** Fills in what was left open. Throws `drift.option`. */
export function settleJudgement(patients: number, options: JudgementOptions): SettledOptions {
  const settled = {
    seed: options.seed ?? 1,
    permutations: options.permutations ?? Math.min(1_999, Math.max(999, Math.floor(mostLabels / patients))),
    level: options.level ?? 0.05,
    signal: options.signal,
  };
  if (!(Number.isSafeInteger(settled.seed) && settled.seed >= 0)) refuse("seed", "a whole number of 0 or more");
  if (!(Number.isInteger(settled.permutations) && settled.permutations >= 99)) {
    refuse("permutations", "a whole number of 99 or more");
  }
  if (!(settled.level > 0 && settled.level < 1)) refuse("level", "between 0 and 1");
  return settled;
}

function refuse(option: string, allowed: string): never {
  throw osteonError("drift.option", { option, allowed });
}

/** Every variable against relabelled patients, adjusted for their number within their group and for the groups. */
export function judgeVariables(compared: readonly ComparedPatients[], options: SettledOptions): Judgement {
  const { level, permutations } = options;
  const samples = compared.map((patients) => new RelabelledPatients(patients, options));
  const listed = samples.flatMap((sample) => sample.patients.variables.map((variable) => ({ sample, variable })));
  const names = [...new Set(listed.map(({ variable }) => variable.group))];
  const members = names.map((name) => {
    const group = listed.filter(({ variable }) => variable.group === name);
    const first = group.map(({ sample, variable }) => sample.measure(variable));
    const unreached = first.filter(isUnreached);
    // So many pass by their number alone; and going on only where no relabelling reached keeps p-values valid.
    const isEnough = unreached.length * level * (permutations + 1) >= group.length * names.length;
    return isEnough ? first : first.map((one) => (isUnreached(one) ? one.sample.measureDeeper(one) : one));
  });
  const judged = judgeGroups(
    members.map((group) => group.map(({ result }) => result.combined)),
    level,
  );
  const described = members.map((group, g) =>
    group.map((measured, k) => {
      const pValue = (level * Math.max(1, sharedBy * group.length)) / (group.length * names.length);
      const isReachable = pValue * (measured.sample.deep + 1) >= 1;
      return describe(measured, { qValue: judged[g]!.variableQValues[k]!, level, pValue, isReachable });
    }),
  );
  const groups = names.map((name, g) => describeGroup(name, judged[g]!, described[g]!));
  return { state: worstOf(groups), level, permutations, groups, variables: described.flat() };
}

interface Measured {
  readonly variable: DriftVariable;
  readonly result: RelabelledVariable;
  readonly sample: RelabelledPatients;
}

/** Pooled patients with their labels and the relabellings that all their variables share. */
class RelabelledPatients {
  readonly patients: ComparedPatients;
  /** Relabellings at most. */
  readonly deep: number;
  readonly actual: Labels;
  readonly #options: SettledOptions;
  readonly #labels: readonly Labels[];
  #deeper: readonly Labels[] | undefined;

  constructor(patients: ComparedPatients, options: SettledOptions) {
    this.patients = patients;
    const { reference, current } = patients;
    this.deep = Math.max(
      options.permutations,
      Math.min(deepPermutations, Math.floor((2 * mostLabels) / (reference + current))),
    );
    this.actual = new Uint8Array(reference + current).fill(1, reference);
    this.#options = options;
    this.#labels = this.#draw(options.permutations);
  }

  measure(variable: DriftVariable, labels = this.#labels): Measured {
    this.#options.signal?.throwIfAborted();
    return { variable, result: relabelVariable(variable, this.actual, labels), sample: this };
  }

  measureDeeper(measured: Measured): Measured {
    if (this.deep === this.#options.permutations) return measured;
    this.#deeper ??= this.#draw(this.deep);
    return this.measure(measured.variable, this.#deeper);
  }

  /** Where 95 % of the differences of relabelled patients lie. */
  bandOf(variable: DriftVariable): { readonly lower: number; readonly upper: number } | null {
    const differences = this.#labels
      .slice(0, bandLabels)
      .map((labels) => variable.difference(labels))
      .filter((difference) => difference !== null)
      .sort((a, b) => a - b);
    const cut = Math.floor(0.025 * (differences.length + 1));
    if (cut < 1) return null;
    return { lower: differences[cut - 1]!, upper: differences[differences.length - cut]! };
  }

  #draw(count: number): readonly Labels[] {
    const { reference, current } = this.patients;
    return drawLabels(reference + current, current, count, this.#options.seed);
  }
}

/** No relabelling is as far apart: its p-value is as small as it can be, and with more of them may be smaller. */
function isUnreached({ result }: Measured): boolean {
  return result.combined * (result.nulls[0]!.length + 1) < 1.5;
}

interface Asked {
  readonly qValue: number;
  readonly level: number;
  /** What a p-value has to be to be found in a tenth of the group's variables. */
  readonly pValue: number;
  /** That so many relabellings can give so small a p-value. */
  readonly isReachable: boolean;
}

function describe(
  { variable, result, sample }: Measured,
  { qValue, level, pValue, isReachable }: Asked,
): VariableDrift {
  const detectable = isReachable ? variable.detectable(sample.actual, pValue, result.nulls) : null;
  const difference = variable.difference(sample.actual);
  return {
    name: variable.name,
    group: variable.group,
    ...variable.count(sample.actual),
    statistics: variable.statistics.map((name, s) => ({
      name,
      value: result.observed[s]!,
      nullMean: meanOf(result.nulls[s]!),
      nullUpper: upperOf(result.nulls[s]!),
      pValue: result.pValues[s]!,
    })),
    pValue: result.combined,
    qValue,
    difference,
    nullDifference: difference === null ? null : sample.bandOf(variable),
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

function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function upperOf(values: Float64Array): number {
  return values.toSorted()[Math.ceil(0.95 * values.length) - 1]!;
}
