import type { SelftestFigure, SelftestReport } from "@osteon/contracts";

const stateWords = { passed: "passed", failed: "FAILED", "not checked": "not checked" } as const;
const indent = 13;
const width = 100;

/** A selftest for people: a line a check with its figures, what was found, and what to do. */
export function describeSelftest({ service, registry, checks, durationMs }: SelftestReport): string {
  const widest = Math.max(...checks.map(({ title }) => title.length));
  const places = [service, registry].filter((place) => place !== null).join(" and ");
  const lines = checks.flatMap(({ state, title, figures, finding, next }) => [
    `${stateWords[state].padEnd(indent)}${title.padEnd(widest)}  ${figures.map(describeFigure).join(", ")}`.trimEnd(),
    ...wrap(finding),
    ...(next === null ? [] : wrap(`→ ${next}`)),
  ]);
  const count = (wanted: string) => checks.filter(({ state }) => state === wanted).length;
  const [passed, failed, notChecked] = [count("passed"), count("failed"), count("not checked")];
  return [
    `Selftest of ${places}`,
    "",
    ...lines,
    "",
    `${passed} passed, ${failed} failed, ${notChecked} not checked, in ${(durationMs / 1000).toFixed(1)} s`,
  ].join("\n");
}

/** Such as `p99 14 ms (at most 1,000 ms)`. */
function describeFigure({ name, value, unit, limit }: SelftestFigure): string {
  const show = (number: number) => `${number.toLocaleString("en")}${unit === "" ? "" : ` ${unit}`}`;
  return `${name} ${show(value)}${limit === null ? "" : ` (${limit.kind} ${show(limit.value)})`}`;
}

function wrap(text: string): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width - indent) lines.push(`${lines.pop()} ${word}`);
    else lines.push(word);
  }
  return lines.filter((line) => line !== "").map((line) => `${" ".repeat(indent)}${line}`);
}
