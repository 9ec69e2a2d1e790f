import type { DriftCheck, DriftGroupName, DriftReason, DriftReport, SequentialReport } from "@osteon/contracts";
import { fewestPatients } from "../measure-drift.ts";
import { largeShift } from "../statistics/detectable-shift.ts";
import { signLevel } from "../sequential/report-monitor.ts";

const mostNamed = 5;

interface Found {
  readonly question: DriftCheck["question"];
  readonly compared: number;
  readonly comparison: DriftReport | null;
  readonly sequential: SequentialReport | null;
  readonly gaps: readonly string[];
}

/**
 * The state, by these rules:
 *
 * - `drift`: with a monitor, its alarm, which holds at every look; without one, a difference in this comparison.
 * - `watch`: no alarm, but signs (evidence that chance reaches in one of five, or a difference in this one comparison
 *   beside a monitor), or a large shift could be hidden by so few patients, or something could not be compared.
 * - `stable`: none of these.
 */
export function judgeState(found: Found): Pick<DriftCheck, "state" | "reasons" | "next"> {
  const reasons = [...findAlarms(found), ...findSigns(found), ...findGaps(found)];
  const isAlarm = reasons.some(({ code }) => code === "alarm" || (code === "difference" && !found.sequential));
  const state = isAlarm ? "drift" : reasons.length > 0 ? "watch" : "stable";
  return { state, reasons, next: describeNext(found, state, reasons) };
}

function findAlarms({ sequential, comparison }: Found): DriftReason[] {
  const reasons: DriftReason[] = [];
  const alarmed = sequential?.groups.filter(({ state }) => state === "alarm") ?? [];
  for (const { name, qValue } of alarmed) {
    const members = sequential!.variables.filter(({ group }) => group === name);
    const words = nameMost(
      members.filter(({ state }) => state === "alarm").sort((a, b) => b.evidence - a.evidence),
      name,
    );
    reasons.push({
      code: "alarm",
      what: `The ${sequential!.patients.toLocaleString("en")} patients counted so far are others in ${words} (q ${format(qValue)} over all looks).`,
    });
  }
  for (const { name, qValue } of comparison?.groups.filter(({ state }) => state === "drift") ?? []) {
    const members = comparison!.variables.filter(({ group }) => group === name);
    const words = nameMost(
      members.filter(({ state }) => state === "drift").sort((a, b) => a.qValue - b.qValue),
      name,
    );
    reasons.push({
      code: "difference",
      what: `In this comparison the ${comparison!.current.toLocaleString("en")} patients differ in ${words} (q ${format(qValue)}).`,
    });
  }
  return reasons;
}

function findSigns({ sequential, comparison }: Found): DriftReason[] {
  const near = sequential
    ? sequential.groups.filter(({ state }) => state === "signs")
    : (comparison?.groups ?? []).filter(({ state, qValue }) => state !== "drift" && qValue <= signLevel);
  if (near.length === 0) return [];
  const names = near.map(({ name, qValue }) => `${name} (q ${format(qValue)})`).join(", ");
  return [{ code: "signs", what: `There are signs, short of an alarm, in ${names}.` }];
}

function findGaps({ sequential, comparison, compared, gaps, question }: Found): DriftReason[] {
  const reasons: DriftReason[] = [];
  const people = question === "input" ? "new patients" : "generated patients";
  if (comparison === null && (sequential?.patients ?? 0) < fewestPatients) {
    const what =
      compared === 0
        ? `There are no ${people} to compare: nothing can be said of them.`
        : `${compared} ${people} are too few to compare: nothing can be said before there are ${fewestPatients}.`;
    reasons.push({ code: "too-few-patients", what });
  }
  const open = comparison
    ? comparison.groups.filter(({ state }) => state === "cannot tell yet").map(({ name }) => name)
    : listOpenGroups(sequential);
  if (open.length > 0) {
    const what = `So few patients could hide a large difference in ${open.join(", ")}; see what could have been found.`;
    reasons.push({ code: "cannot-tell", what });
  }
  if (gaps.length > 0) reasons.push({ code: "not-compared", what: gaps.join(" ") });
  return reasons;
}

/** Where no comparison was made: groups in most of whose variables the alarm could have missed a large shift. */
function listOpenGroups(sequential: SequentialReport | null): DriftGroupName[] {
  return (sequential?.groups ?? []).flatMap(({ name, state }) => {
    const members = sequential!.variables.filter(({ group }) => group === name);
    const blind = members.filter(({ detectable }) => detectable === null || detectable > largeShift);
    return state !== "alarm" && 2 * blind.length > members.length ? [name] : [];
  });
}

function nameMost(variables: readonly { readonly name: string }[], group: DriftGroupName): string {
  if (variables.length === 0) return `${group}, taken together`;
  const more = variables.length > mostNamed ? ` and ${variables.length - mostNamed} more` : "";
  return variables
    .slice(0, mostNamed)
    .map(({ name }) => name)
    .join(", ")
    .concat(more);
}

function format(value: number): string {
  return value < 0.001 ? "below 0.001" : value.toPrecision(2);
}

const causes: Readonly<Record<DriftGroupName, string>> = {
  clinical: "ask who is referred now, and whether age, stage or status are coded as they were",
  completeness: "ask what is no longer recorded or sequenced, and for whom",
  mutations: "ask whether panel, caller, filter or the reference genome changed",
  "copy number": "ask whether the caller or its thresholds changed",
  pathways: "ask the laboratory about tissue, dissection and library preparation",
  expression: "ask the laboratory about sequencer, library, annotation and normalisation",
  "expression, jointly": "ask the laboratory about sequencer, library, annotation and normalisation",
};

function describeNext(found: Found, state: DriftCheck["state"], reasons: readonly DriftReason[]): string[] {
  if (found.question === "output") return describeNextOfOutput(state);
  if (state === "stable") return ["Nothing has to be done. Check again when more patients have come in."];
  const suspected = new Set(
    [...(found.sequential?.groups ?? []), ...(found.comparison?.groups ?? [])]
      .filter(({ qValue }) => qValue <= signLevel)
      .sort((a, b) => a.qValue - b.qValue)
      .map(({ name }) => causes[name]),
  );
  const asked = [...suspected].map((cause) => `${cause[0]!.toUpperCase()}${cause.slice(1)}.`);
  if (state === "drift") {
    return [
      ...asked,
      "Until the cause is known, do not take this model's patients for such as come now, and train no model on both.",
      "Where the patients have changed for good: train a model on the new ones too, and begin its drift check with an empty state.",
    ];
  }
  const isUnequal = reasons.some(({ code }) => code === "not-compared");
  return [
    ...asked,
    ...(isUnequal
      ? ["Give these patients in the tables, genes and units of the reference, so that they can be compared."]
      : []),
    found.sequential
      ? "Check again when more patients have come in; the alarm stays valid however often it is asked."
      : "Check again when more patients have come in, with a state file, so that the alarm stays valid however often it is asked.",
  ];
}

function describeNextOfOutput(state: DriftCheck["state"]): string[] {
  if (state === "stable") return ["Nothing has to be done."];
  if (state === "watch") return ["Draw more patients without conditions and check again."];
  return [
    "Stop serving this model, and keep the patients that were checked.",
    "Verify the package; then find out what changed since it was sealed: Osteon's version, ONNX Runtime, the machine.",
    "Take the last version back that gives what it gave, or seal the model anew and have it judged.",
  ];
}
