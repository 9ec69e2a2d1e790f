import { describe, expect, it } from "vitest";
import { drawEvaluation } from "../../testing/example-evaluation.ts";
import { exampleModelCard } from "../../testing/example-cards.ts";
import { exampleGuarantee } from "../../testing/example-guarantee.ts";
import { examplePrivacy } from "../../testing/example-privacy.ts";
import { renderModelCard } from "./render-model-card.ts";

const input = { ...exampleModelCard, architecture: null, differentialPrivacy: exampleGuarantee };
const { quality, deidentification } = input;

describe("the card of a differentially private model", () => {
  it("is the same whatever was measured of the patients", () => {
    const other = {
      ...input,
      evaluation: drawEvaluation(2),
      privacy: examplePrivacy({ gate: { verdict: "fails", reasons: ["an attack found somebody"] } }),
      quality: { ...quality, passed: false, patients: 99, usablePatients: 12, strictPrivacy: true, findings: [] },
      deidentification: { ...deidentification, patients: 99, taken: [], changed: [] },
    };
    expect(renderModelCard(other)).toEqual(renderModelCard(input));
    // As it would not be without.
    const without = { differentialPrivacy: null };
    expect(renderModelCard({ ...other, ...without })).not.toEqual(renderModelCard({ ...input, ...without }));
  });

  it("keeps every heading and field, and states the promise, what it holds of and what it spent", () => {
    const { json, markdown } = renderModelCard(input);
    const plain = renderModelCard({ ...input, differentialPrivacy: null }).json;
    expect(json.sections.map(({ title }) => title)).toEqual(plain.sections.map(({ title }) => title));
    const fieldsOf = ({ appliedModelCard }: typeof json) =>
      Object.entries(appliedModelCard).map(([group, fields]) => [group, Object.keys(fields)]);
    expect(fieldsOf(json)).toEqual(fieldsOf(plain));
    for (const said of [
      "ε 4.00 at δ 0.000001",
      "ρ 0.31",
      "Covered: every number",
      "Not covered: what stands",
      "Assumed: The panel",
    ]) {
      expect(markdown).toContain(said);
    }
    expect(markdown).not.toMatch(/\b(NaN|null|undefined|Infinity)\b|\[object/);
  });
});
