import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { composeReport } from "./compose-report.ts";
import { renderReport } from "./render-report.ts";
import type { ReportInput } from "./report-input.ts";
import { drawEvaluation } from "./testing/example-evaluation.ts";
import { examplePrivacy } from "./testing/example-privacy.ts";
import { exampleRun } from "./testing/example-run.ts";
import { outlinePage, parsePage, readText } from "./testing/parse-page.ts";

const example: ReportInput = { evaluation: drawEvaluation(1), privacy: examplePrivacy(), run: exampleRun };

/** The example with its released family changed. */
function change(changes: Partial<ReportInput["evaluation"]["families"][number]>): ReportInput {
  const { evaluation } = example;
  const [released, ...others] = evaluation.families;
  return { ...example, evaluation: { ...evaluation, families: [{ ...released!, ...changes }, ...others] } };
}

/** Every figure missing, as with a cohort that allows none. */
function withoutFigures(): ReportInput {
  const reason = "fewer than 5 deaths";
  const none = { value: null, standardError: null, reason };
  const metrics = example.evaluation.families[0]!.metrics.map((metric) => ({
    ...metric,
    synthetic: none,
    freshReal: none,
    photocopy: none,
    floor: none,
    calibrated: { informative: false, value: null, lower: null, upper: null, reason },
  }));
  const bare = change({
    metrics,
    biologicalScore: {
      calibrated: null,
      standardError: null,
      lower: null,
      upper: null,
      lost: [],
      metrics: [],
      seedRaw: null,
      seedFreshReal: null,
      seedPhotocopy: null,
      seedFloor: null,
      meaning: "the seed's raw score cannot be computed",
    },
    figures: {
      survival: [{ stratum: "all", real: null, synthetic: null, reason }],
      alterations: [],
      oncoprint: { rows: [], groups: [] },
      pathwayCorrelations: { names: [], real: [], synthetic: [] },
      projection: {
        bins: 4,
        range: { x: [0, 1], y: [0, 1] },
        explained: [0, 0],
        real: Array(16).fill(0),
        synthetic: Array(16).fill(0),
      },
      hazardRatios: [{ covariate: "metastasis", real: null, synthetic: null, reason }],
    },
  });
  return {
    ...bare,
    privacy: null,
    run: { ...exampleRun, inference: { ...exampleRun.inference, effectiveSampleSize: null }, modelVersion: null },
  };
}

const slips = /\b(NaN|null|undefined|Infinity)\b|\[object/;

describe("the page", () => {
  it("loads nothing and runs nothing", () => {
    const page = renderReport(example);
    const elements = parsePage(page);
    expect(page).not.toMatch(/https?:|url\(|@import|javascript:/i);
    expect(elements.filter(({ name }) => ["script", "link", "img", "iframe", "form", "object"].includes(name))).toEqual(
      [],
    );
    expect(
      elements.flatMap(({ attributes }) => Object.keys(attributes)).filter((name) => /^on|^src$/.test(name)),
    ).toEqual([]);
    const targets = elements.flatMap(({ attributes }) => attributes.href ?? []);
    const ids = elements.flatMap(({ attributes }) => attributes.id ?? []);
    expect(targets.filter((target) => !ids.includes(target.slice(1)))).toEqual([]);
    const policy = elements.find(({ attributes }) => attributes["http-equiv"] === "Content-Security-Policy");
    expect(policy?.attributes.content).toMatch(/^default-src 'none'; style-src 'unsafe-inline'; img-src data:/);
  });

  it("keeps its outline", () => {
    expect(outlinePage(renderReport(example))).toMatchSnapshot();
  });

  it("says the same of the same run", () => {
    expect(renderReport({ ...example, evaluation: drawEvaluation(1) })).toBe(renderReport(example));
  });

  it("shows every figure, with a name for those who do not see it and a reading below", () => {
    const elements = parsePage(renderReport(example));
    const named = elements.filter(({ name, attributes }) => name === "svg" && attributes["aria-hidden"] !== "true");
    expect(named.every(({ attributes }) => attributes.role === "img" && attributes["aria-label"] !== "")).toBe(true);
    for (const kind of ["panel", "matrix", "projection", "strip"]) {
      expect(named.filter(({ attributes }) => attributes.class === kind).length, kind).toBeGreaterThan(0);
    }
    const figures = elements.filter(({ name }) => name === "figure");
    const captions = elements.filter(({ name }) => name === "figcaption");
    expect(captions).toHaveLength(figures.length);
    expect(captions.every(({ text }) => text.length > 20)).toBe(true);
  });

  it("nests well, with one h1 and no heading level left out, whatever the figures", () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const page = renderReport({ ...example, evaluation: drawEvaluation(seed) });
        const levels = parsePage(page).flatMap(({ name }) => (/^h[1-6]$/.test(name) ? Number(name[1]) : []));
        expect(levels.filter((level) => level === 1)).toHaveLength(1);
        levels.slice(1).forEach((level, k) => expect(level - levels[k]!).toBeLessThanOrEqual(1));
        expect(page).not.toMatch(slips);
      }),
      { numRuns: 15 },
    );
  });

  it("says why where a figure is missing", () => {
    const page = renderReport(withoutFigures());
    const text = readText(page);
    expect(page).not.toMatch(slips);
    expect(text).toContain("Fewer than 5 deaths.");
    expect(text).toContain("Not informative here: fewer than 5 deaths.");
    expect(text).toContain("Privacy was not assessed in this run.");
    expect(text).toContain("Fewer than three gene sets are measured");
  });

  it("takes names for text", () => {
    const name = `<script>alert("1")</script>&'`;
    const { metrics, figures } = example.evaluation.families[0]!;
    const hostile = change({
      metrics: metrics.map((metric) => ({ ...metric, title: name, name, unit: name, reading: name })),
      figures: {
        ...figures,
        alterations: figures.alterations.map((alteration) => ({ ...alteration, gene: name })),
        pathwayCorrelations: {
          ...figures.pathwayCorrelations,
          names: figures.pathwayCorrelations.names.map(() => name),
        },
      },
    });
    const attacks = examplePrivacy().attacks.map((attack) => ({ ...attack, title: name, reading: name }));
    const page = renderReport({
      ...hostile,
      privacy: examplePrivacy({ attacks }),
      run: { ...exampleRun, runId: name },
    });
    expect(parsePage(page).some(({ name: element }) => element === "script")).toBe(false);
    expect(page).toContain("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;&#39;");
  });

  it("shows each attack against the range of chance, with its verdict, and the patient at most risk by rank alone", () => {
    const fails = { verdict: "fails", reading: "AUC 0.91, chance reaches 0.63" } as const;
    const [first, ...rest] = examplePrivacy().attacks;
    const privacy = examplePrivacy({ attacks: [{ ...first!, ...fails }, ...rest], worstPatient: fails });
    const elements = parsePage(renderReport({ ...example, privacy }));
    const labels = elements.flatMap(({ attributes }) => attributes["aria-label"] ?? []);
    expect(labels).toContain("Distance to the closest record: 0.52; chance reaches from 0.37 to 0.63");
    expect(labels).toContain("Attribute inference: 0.020; chance reaches from −0.090 to 0.090");
    const badges = elements.filter(({ attributes }) => attributes.class?.startsWith("verdict-mark"));
    expect(badges.filter(({ text }) => text.trim() === "✕ fails")).toHaveLength(2);
    const risks = elements.find(({ attributes }) => attributes["aria-label"]?.includes("patients by falling risk"));
    expect(risks?.attributes["aria-label"]).toBe(
      "Share of 64 models in which membership is told rightly, 57 patients by falling risk",
    );
  });

  it("marks what is beyond the scale at its edge", () => {
    const [metric] = example.evaluation.families[0]!.metrics;
    const far = (value: number) =>
      renderReport(
        change({ metrics: [{ ...metric!, calibrated: { informative: true, value, lower: value, upper: value } }] }),
      );
    expect(far(7)).toMatch(/class="synthetic beyond"[^>]*>▶/);
    expect(far(-7)).toMatch(/class="synthetic beyond"[^>]*>◀/);
  });
});

describe("the document", () => {
  it("holds the sentences of the page and the figures they are of", () => {
    const document = composeReport(example);
    const text = readText(renderReport(example)).replaceAll("&#39;", "'");
    expect(
      Object.values(document.readings).filter(({ line, detail }) => !text.includes(line) || !text.includes(detail)),
    ).toEqual([]);
    expect(document.limits.filter((limit) => !text.includes(limit))).toEqual([]);
    expect(text).toContain(document.verdict.sentence);
    expect(document.evaluation).toEqual(example.evaluation);
    expect(JSON.parse(JSON.stringify(document))).toEqual(document);
  });
});

describe("bad input", () => {
  it.each([
    [
      "another format",
      { ...example, evaluation: { ...example.evaluation, formatVersion: 1 } },
      "evaluation.formatVersion",
    ],
    ["no family", { ...example, evaluation: { ...example.evaluation, families: [] } }, "evaluation.families[0]"],
    ["another family", { ...example, run: { ...exampleRun, family: "cvae" } }, "evaluation.families[0]"],
    ["what is no number", { ...example, evaluation: { ...example.evaluation, seed: Number.NaN } }, "evaluation.seed"],
    [
      "a curve without a day",
      change({
        figures: {
          ...example.evaluation.families[0]!.figures,
          survival: [
            {
              stratum: "all",
              real: { patients: 9, deaths: 5, timesDays: [], survival: [], lower: [], upper: [] },
              synthetic: null,
            },
          ],
        },
      }),
      "survival of all, real.timesDays",
    ],
    [
      "a matrix that lacks a row",
      change({
        figures: {
          ...example.evaluation.families[0]!.figures,
          pathwayCorrelations: { names: ["A", "B"], real: [1, 0], synthetic: [1, 0, 0, 1] },
        },
      }),
      "pathwayCorrelations.real",
    ],
  ])("refuses %s", (_, input, field) => {
    const refusal = expect.objectContaining({ code: "report.input", parameters: expect.objectContaining({ field }) });
    expect(() => renderReport(input as ReportInput)).toThrow(refusal);
    expect(() => composeReport(input as ReportInput)).toThrow(refusal);
  });
});
