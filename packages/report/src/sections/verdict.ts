import type { GateCheck } from "../evaluation-parts.ts";
import { asSentence, capitalise, listWords } from "../markup/format.ts";
import { html, type Markup } from "../markup/html.ts";
import type { ReportInput } from "../report-input.ts";

/** What the whole report comes to. */
export interface Verdict {
  readonly outcome: "passed" | "not passed" | "cannot tell";
  readonly sentence: string;
  readonly reasons: readonly string[];
  /** What a privacy officer may conclude. */
  readonly meaning: string;
}

const checkNames: Readonly<Record<GateCheck["name"], string>> = {
  calibrated_score: "likeness to real patients",
  links: "what belongs together in a patient",
  memorisation: "memorisation",
  privacy: "privacy",
};

/** The release gate in words; a gate that cannot tell is no pass. */
export function stateVerdict({ evaluation: { gate }, privacy }: Omit<ReportInput, "run">): Verdict {
  const failed = gate.checks.filter(({ passed }) => passed === false);
  const open = gate.checks.filter(({ passed }) => passed === null);
  const names = (checks: readonly GateCheck[]) => listWords(checks.map(({ name }) => checkNames[name]));
  if (gate.passed === true) {
    return {
      outcome: "passed",
      sentence: "This model passes the release gate.",
      reasons: gate.checks.map(({ statement }) => asSentence(statement)),
      meaning:
        privacy === null
          ? "No privacy assessment stands beside this verdict: do not release on it alone."
          : "Nothing that was tried tells a training patient from another one beyond chance by more than a trifle. That is evidence, and " +
            "no proof: release under the conditions that you set for data about people, and keep this report with the file.",
    };
  }
  const reasons = [...failed, ...open].map(({ statement }) => asSentence(statement));
  if (gate.passed === null) {
    return {
      outcome: "cannot tell",
      sentence: `Whether this model may be released cannot be told${open.length === 0 ? "" : `: ${names(open)} ${open.length === 1 ? "stays" : "stay"} open`}.`,
      reasons,
      meaning:
        privacy === null && open.some(({ name }) => name === "privacy")
          ? "Treat it as not passed: what the file gives away of the patients was not examined. Assess privacy, and read this report again."
          : "Treat it as not passed. Not knowing comes of few patients, not of a fault that was found; more patients would answer it.",
    };
  }
  const exposes = failed.some(({ name }) => name === "memorisation" || name === "privacy");
  return {
    outcome: "not passed",
    sentence: `This model does not pass the release gate${failed.length === 0 ? "" : `: it fails on ${names(failed)}`}.`,
    reasons,
    meaning: exposes
      ? "Do not release the file, nor the model: there is reason to think that it gives away who was trained on. Handle both as you handle the real data."
      : "Its patients are not enough like real ones to be used in their place. Of leaks, the checks on memory and privacy below say what was found.",
  };
}

const marks = { passed: "✓", "not passed": "✕", "cannot tell": "?" } as const;

/** Verdict, reasons and the checks of the gate. */
export function renderVerdict(input: ReportInput): Markup {
  const { outcome, sentence, meaning } = stateVerdict(input);
  return html`<section class="verdict ${className(outcome)}" aria-labelledby="verdict">
    <p class="badge" aria-hidden="true">${marks[outcome]}</p>
    <div>
      <h2 id="verdict">${sentence}</h2>
      <p class="lead">${meaning}</p>
      <ul class="checks">
        ${input.evaluation.gate.checks.map(renderCheck)}
      </ul>
    </div>
  </section>`;
}

function renderCheck({ name, passed, statement }: GateCheck): Markup {
  const outcome = passed === null ? "cannot tell" : passed ? "passed" : "not passed";
  return html`<li class="${className(outcome)}">
    <p class="check-name">
      <span aria-hidden="true">${marks[outcome]}</span> ${capitalise(checkNames[name])}: ${outcome}
    </p>
    <p>${asSentence(statement)}</p>
  </li>`;
}

/** Class of an outcome: what the style sheet colours. */
export function className(outcome: Verdict["outcome"]): string {
  return `is-${outcome.replace(" ", "-")}`;
}
