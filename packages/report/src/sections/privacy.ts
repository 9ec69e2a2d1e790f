import { renderRow, renderTable } from "../figures/figure.ts";
import { asSentence, countOf, formatFigure, formatRange, formatShare } from "../markup/format.ts";
import { html, type Markup } from "../markup/html.ts";
import type { PrivacyFindings } from "../privacy-findings.ts";
import { renderAttacks } from "./attacks.ts";
import { renderJudgement } from "./judgement.ts";
import { sayInFull, type Reading } from "./reading.ts";
import { renderLikelihoodRatio, renderRisks } from "./method-attack.ts";

/** What the attacks come to. */
export function readPrivacy(privacy: PrivacyFindings | null): Reading {
  if (privacy === null) return { line: "Privacy was not assessed in this run.", detail: "" };
  const { gate, attacks } = privacy;
  const answered = attacks.filter(({ outcome }) => outcome.kind !== "unanswered");
  const succeeding = answered.filter(({ verdict }) => verdict === "fails").length;
  return {
    line: `${succeeding === 0 ? "None" : succeeding} of ${countOf(answered.length, "attack")} on the released file ${succeeding > 1 ? "succeed" : "succeeds"} beyond chance by more than a trifle.`,
    detail: [
      ...(answered.length < attacks.length ? [`${attacks.length - answered.length} more could not be answered.`] : []),
      ...(gate.reasons.length > 0 ? [asSentence(`against the privacy gate: ${gate.reasons.join("; ")}`)] : []),
    ].join(" "),
  };
}

/** Attacks with the range that chance alone reaches, the attack on the method, and the patient at most risk. */
export function renderPrivacy(privacy: PrivacyFindings | null): Markup {
  if (privacy === null) return html`<p class="absent">${sayInFull(readPrivacy(null))}</p>`;
  const { patients, copies, attacks, secrets, likelihoodRatio, worstPatient, statements } = privacy;
  return html`<p>
      ${countOf(patients.train, "training patient")} against ${patients.holdOut} held-out ones, attacked through
      ${countOf(patients.synthetic, "synthetic record")}.
    </p>
    ${statements.map((statement) => html`<p class="note">${asSentence(statement)}</p>`)}${renderAttacks(attacks, readPrivacy(privacy))}${
      secrets.length === 0 ? "" : renderSecrets(privacy)
    }
    <h3>Copies</h3>
    <p>${renderJudgement(copies)}</p>
    <h3>Models trained with and without each patient</h3>
    <p>${renderJudgement(likelihoodRatio)}</p>
    ${likelihoodRatio.result === null ? "" : renderLikelihoodRatio(likelihoodRatio.result)}
    <h3>The patient at most risk</h3>
    <p>${renderJudgement(worstPatient)}</p>
    ${likelihoodRatio.result === null ? "" : renderRisks(likelihoodRatio.result, privacy.limits.worstPatient)}`;
}

function renderSecrets({ secrets }: PrivacyFindings): Markup {
  return html`<details>
    <summary>Attribute by attribute: what could be inferred</summary>
    ${renderTable(
      "Attribute inference; what is guessed of held-out patients too is biology, and the difference is the leak",
      ["attribute", "right on training", "right on held-out", "risk above control", "95 % interval"],
      secrets.map(({ name, main, control, risk }) =>
        renderRow(name, [
          formatShare(main),
          formatShare(control),
          formatFigure(risk.value),
          formatRange(risk.lower, risk.upper),
        ]),
      ),
    )}
  </details>`;
}
