import type {
  DriftMonitor,
  DriftReference,
  ReferenceVariable,
  SequentialReport,
  SequentialVariable,
} from "@osteon/contracts";
import { judgeGroups } from "../statistics/judge-groups.ts";
import { detectableInSequence } from "./detectable-in-sequence.ts";
import { isMonitored } from "./update-monitor.ts";

/** Of a group's variables, as in a comparison. */
const sharedBy = 0.1;
/** Evidence that chance reaches in one of five monitors, ever: worth a look, no alarm. */
export const signLevel = 0.2;
/** JSON holds no infinity. */
const mostEvidence = 1e15;

/**
 * What a monitor says: 1 / (highest wealth) is a p-value at every look at once, and stays one where groups and
 * variables are judged by it, as these judgements only grow with smaller p-values.
 * Source: Ramdas et al. 2023, § 2 (Ville's inequality, anytime-valid p-values).
 *
 * @param counted patients counted for the first time at this look
 */
export function reportMonitor(
  reference: DriftReference,
  monitor: DriftMonitor,
  {
    level,
    counted,
    tellDetectable,
  }: { readonly level: number; readonly counted: number; readonly tellDetectable: boolean },
): SequentialReport {
  const monitored = reference.variables.filter(isMonitored);
  const names = [...new Set(monitored.map(({ group }) => group))];
  const members = names.map((name) => monitored.filter(({ group }) => group === name));
  const pValueOf = ({ name }: ReferenceVariable) => Math.min(1, Math.exp(-monitor.variables[name]!.highest));
  const judged = judgeGroups(
    members.map((group) => group.map(pValueOf)),
    level,
  );
  const detectable = tellDetectable ? detectableInSequence() : () => null;
  const variables = members.flatMap((group, g) =>
    group.map((variable, k) => {
      const { counts, highest } = monitor.variables[variable.name]!;
      const patients = counts.reduce((sum, count) => sum + count, 0);
      const pValue = (level * Math.max(1, sharedBy * group.length)) / (group.length * names.length);
      const shift = detectable(variable, patients, pValue);
      const qValue = judged[g]!.variableQValues[k]!;
      return {
        name: variable.name,
        group: variable.group,
        patients,
        evidence: Math.min(mostEvidence, Math.exp(highest)),
        pValue: pValueOf(variable),
        qValue,
        detectable: shift,
        state: alarmOf(qValue, level),
      };
    }),
  );
  return {
    level,
    looks: monitor.looks,
    patients: monitor.patients.length,
    counted,
    groups: names.map((name, g) => ({
      name,
      pValue: judged[g]!.pValue,
      qValue: judged[g]!.qValue,
      state: alarmOf(judged[g]!.qValue, level),
    })),
    variables,
  };
}

function alarmOf(qValue: number, level: number): SequentialVariable["state"] {
  if (qValue <= level) return "alarm";
  return qValue <= signLevel ? "signs" : "none";
}
