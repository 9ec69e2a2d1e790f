import { findingTitles, type QualityReport } from "@osteon/quality";
import { asSentence, formatShare } from "../markup/format.ts";
import { html, type Markup } from "../markup/html.ts";

/** What the check of the real patients found, without a count: these stay in the quality report. */
export interface DataQualityReading {
  readonly toLookAt: readonly string[];
  readonly noted: readonly string[];
  /** What batches or sites do, and what to do about it; null where the source names none. */
  readonly batches: string | null;
}

export function readDataQuality({
  findings,
  batches,
}: Pick<QualityReport, "findings" | "batches">): DataQualityReading {
  const titlesOf = (isNoted: boolean) => [
    ...new Set(
      findings.filter(({ level }) => (level === "info") === isNoted).map(({ code }) => asSentence(findingTitles[code])),
    ),
  ];
  return { toLookAt: titlesOf(false), noted: titlesOf(true), batches: batches && describeBatches(batches) };
}

function describeBatches({ expression, advice }: NonNullable<QualityReport["batches"]>): string {
  const beyond = expression?.beyondClinical;
  if (!beyond) return advice;
  return (
    `Batches explain ${formatShare(beyond.share)} of the variance of expression beyond the clinical variables; chance ` +
    `alone reaches ${formatShare(beyond.nullUpper)}. ${advice}`
  );
}

export function renderDataQuality({ toLookAt, noted, batches }: DataQualityReading): Markup[] {
  const list = (title: string, items: readonly string[]) =>
    items.length === 0
      ? []
      : [
          html`<h3>${title}</h3>
            <ul>
              ${items.map((item) => html`<li>${item}</li>`)}
            </ul>`,
        ];
  return [
    html`<p>
      What the check of the real patients found before a model was trained on them. Counts, and what to do about each,
      stand in <code>quality.json</code>.
    </p>`,
    ...list("To look at", toLookAt),
    ...list("Noted", noted),
    ...(batches === null ? [] : [html`<p>${batches}</p>`]),
  ];
}
