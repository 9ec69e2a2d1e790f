import type { DriftCheck, DriftReport, SequentialReport } from "@osteon/contracts";

/** Variables shown of each group: those that differ, else the nearest to it. */
const mostShown = 3;

/** A drift check for people: state, reasons, what to do, and the figures behind them. */
export function describeDrift(check: DriftCheck): string {
  const { state, reasons, next, patients, reference, comparison, sequential, notes, question } = check;
  const who = question === "input" ? "patients" : "generated patients";
  return [
    `State: ${state.toUpperCase()}`,
    ...reasons.map(({ what }) => `  ${what}`),
    "",
    `${patients.compared} ${who} compared with ${reference.patients} of the reference` +
      ` (read ${patients.read}, known already ${patients.known}, incomplete ${patients.incomplete}).`,
    ...(sequential ? ["", ...describeSequential(sequential)] : []),
    ...(comparison ? ["", ...describeComparison(comparison)] : []),
    ...(notes.length > 0 ? ["", ...notes.map((note) => `Note: ${note}`)] : []),
    "",
    "What to do",
    ...next.map((step) => `  - ${step}`),
  ].join("\n");
}

function describeSequential({ level, looks, patients, counted, groups, variables }: SequentialReport): string[] {
  return [
    `Alarm over all looks (chance of any false one, ever: ${level}); look ${looks}, ${patients} patients counted, ${counted} of them now`,
    ...table([
      ["", "state", "q", "strongest evidence", "would be found"],
      ...groups.map(({ name, state, qValue }) => {
        const members = variables.filter(({ group }) => group === name).sort((a, b) => b.evidence - a.evidence);
        const [first] = members;
        const shifts = members.map(({ detectable }) => detectable ?? Infinity).sort((a, b) => a - b);
        return [
          name,
          state,
          number(qValue),
          first === undefined || first.evidence <= 1 ? "none" : `${first.name}, ${number(first.evidence)} to 1`,
          shift(shifts[shifts.length >> 1], "SD"),
        ];
      }),
    ]),
  ];
}

function describeComparison({ groups, variables, current, reference }: DriftReport): string[] {
  const rows = groups.flatMap(({ name, state, qValue, variables: count }) => {
    const members = variables.filter(({ group }) => group === name).sort((a, b) => a.pValue - b.pValue);
    const differing = members.filter((member) => member.state === "drift");
    return [
      [name, state, number(qValue), `${differing.length} of ${count} differ`, "", ""],
      ...(differing.length > 0 ? differing : members).slice(0, mostShown).map((member) => {
        const { difference, nullDifference: band, unit, detectable } = member;
        return [
          `  ${member.name}`,
          member.state,
          number(member.qValue),
          difference === null ? "" : effect(difference, unit),
          band === null ? "" : `${effect(band.lower, unit)} to ${effect(band.upper, unit)}`,
          shift(detectable ?? undefined, unit),
        ];
      }),
    ];
  });
  return [
    `This comparison, ${current} against ${reference}, as if looked at once`,
    ...table([["", "state", "q", "difference", "by chance (95 %)", "would be found"], ...rows]),
  ];
}

function effect(value: number, unit: string): string {
  if (unit === "hazard ratio") return `${value.toFixed(2)} times`;
  const sign = value < 0 ? "−" : "+";
  const size = Math.abs(value);
  return unit === "share" ? `${sign}${(100 * size).toFixed(0)} points` : `${sign}${size.toFixed(2)} SD`;
}

function shift(value: number | undefined, unit: string): string {
  return value === undefined || !Number.isFinite(value) ? "no shift" : effect(value, unit).replace(/^\+/, "");
}

function number(value: number): string {
  if (value >= 1000) return value.toPrecision(1).replace("e+", "e");
  return value < 0.001 ? "<0.001" : value >= 10 ? value.toFixed(0) : value.toPrecision(2);
}

function table(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join("  ")
      .trimEnd(),
  );
}
