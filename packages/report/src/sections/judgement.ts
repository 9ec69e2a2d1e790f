import { asSentence } from "../markup/format.ts";
import { html, type Markup } from "../markup/html.ts";
import type { Judgement, PrivacyVerdict } from "../privacy-findings.ts";
import { className } from "./verdict.ts";

const outcomes = { passes: "passed", fails: "not passed", "cannot tell": "cannot tell" } as const;
const symbols: Readonly<Record<PrivacyVerdict, string>> = { passes: "✓", fails: "✕", "cannot tell": "?" };

/** The verdict with its symbol, and why. */
export function renderJudgement({ verdict, reading }: Judgement): Markup {
  return html`${renderBadge(verdict)} ${asSentence(reading)}`;
}

/** The verdict alone. */
export function renderBadge(verdict: PrivacyVerdict): Markup {
  return html`<span class="verdict-mark ${className(outcomes[verdict])}"
    ><span aria-hidden="true">${symbols[verdict]}</span> ${verdict}</span
  >`;
}
