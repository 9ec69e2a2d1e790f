import { describe, expect, it } from "vitest";
import { exampleDataCard } from "../testing/example-cards.ts";
import type { DeidentificationFacts } from "./deidentification-facts.ts";
import { renderDeidentificationReport } from "./render-deidentification-report.ts";

const record = exampleDataCard.deidentification;
const facts: DeidentificationFacts = {
  record: { ...record, changed: [{ column: "AGE", treatment: "rounded to multiples of 0.1 years", count: 2 }] },
  recordSha256: "cd".repeat(32),
  createdAt: "2026-11-29T00:00:00.000Z",
  osteonVersion: "0.1.0",
  simulated: false,
  custody: {
    recipient: "age1recipient0000000000",
    identityInRun: false,
    pseudonymKeyInRun: false,
    patientDataInPlain: false,
  },
};
const render = (changes: Partial<DeidentificationFacts> = {}) => {
  const { markdown, json } = renderDeidentificationReport({ ...facts, ...changes });
  return { text: markdown.replaceAll(/\\(.)/g, "$1"), json };
};
const openOf = (changes: Partial<DeidentificationFacts>) =>
  render(changes)
    .json.points.filter(({ state }) => state === "open")
    .map(({ point }) => point);

describe("the report of a de-identification", () => {
  it("says of each of the six points how it was met, and that no run shows canaries", () => {
    const { json, text } = render();
    expect(json.points.map(({ point, state }) => [point, state])).toEqual([
      ["1. Allow-list", "met"],
      ["2. Ages and dates", "met"],
      ["3. Identifiers", "met"],
      ["4. Genomic residue", "met"],
      ["5. Record", "met"],
      ["6. Canaries", "tests"],
      ["Data at rest", "met"],
    ]);
    for (const { sentence } of json.points) expect(text).toContain(sentence);
    expect(json.passed).toBe(true);
    expect(text).not.toMatch(/\b(NaN|null|undefined)\b|\[object/);
  });

  it("leaves open whose keys or data lie where a copy would take them", () => {
    const { custody } = facts;
    expect(openOf({ custody: { ...custody, pseudonymKeyInRun: true } })).toEqual(["3. Identifiers"]);
    expect(openOf({ custody: { ...custody, identityInRun: true } })).toEqual(["Data at rest"]);
    expect(openOf({ custody: { ...custody, patientDataInPlain: true } })).toEqual(["Data at rest"]);
    expect(render({ custody: { ...custody, identityInRun: true } }).json.passed).toBe(false);
    expect(openOf({ simulated: true, custody: { ...custody, pseudonymKeyInRun: true } })).toEqual([]);
  });

  it("tells what became of dates, and what durations still tell", () => {
    const reduced = { column: "DATE_OF_DIAGNOSIS", treatment: "date taken as day 0, and not kept", count: 85 };
    const cut = {
      column: "OS_MONTHS",
      treatment: "follow-up ends a secret 0 to 365 days before the extract does",
      count: 9,
    };
    const withChanges = (...changed: (typeof cut)[]) =>
      render({ record: { ...facts.record, changed: [...facts.record.changed, ...changed] } }).text;
    expect(withChanges()).toContain("which only the source can mend");
    expect(withChanges(reduced)).toContain("phi_removal.date_shift_days: 365 hides it");
    expect(withChanges(reduced, cut)).toContain("Follow-up ends a secret 0 to 365 days before");
    expect(withChanges(reduced, cut)).not.toContain("hides it");
  });

  it("prints no count of one to four, and the alarms with what they saw", () => {
    const [finding] = record.findings;
    const seen = { ...finding!, evidence: "values", class: "date", count: 3 } as const;
    const { text } = render({ record: { ...facts.record, findings: [finding!, seen] } });
    expect(text).toContain("| AGE | rounded to multiples of 0.1 years | fewer than 5 |");
    expect(text).toContain("| ZIP | geographic subdivision | its name | – |");
    expect(text).toContain("| ZIP | date | its values | fewer than 5 |");
    expect(text).toContain("| AGE as kept, SEX, METASTATIC_AT_DIAGNOSIS | 71 | fewer than 5 | 80 |");
    expect(text).toContain("| SEX, METASTATIC_AT_DIAGNOSIS | 4 | 9 | 0 |");
    expect(text).toContain("The alarm fired on 1 dropped column and on none that was taken.");
  });
});
