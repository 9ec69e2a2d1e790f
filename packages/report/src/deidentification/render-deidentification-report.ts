import type { DeidentificationRecord } from "@osteon/deidentification";
import { escapeMarkdown, renderSections, type CardSection, type RenderedCard } from "../cards/card.ts";
import { asSentence, countOf } from "../markup/format.ts";
import { formatCell, hideLeadingCount, smallestCell } from "../suppress-cells.ts";
import type { DeidentificationFacts } from "./deidentification-facts.ts";
import { judgePoints, type PointFinding } from "./six-points.ts";

export interface DeidentificationReport {
  readonly format: "osteon-deidentification-report/1";
  readonly title: string;
  /** False where a point is open. */
  readonly passed: boolean;
  readonly points: readonly PointFinding[];
  readonly sections: readonly CardSection[];
}

/** What a privacy officer reads of a de-identification; counts of fewer than five are suppressed. Deterministic. */
export function renderDeidentificationReport(facts: DeidentificationFacts): RenderedCard<DeidentificationReport> {
  const points = judgePoints(facts);
  const open = points.filter(({ state }) => state === "open");
  const title = `De-identification: release ${facts.record.release}`;
  const sections: CardSection[] = [
    {
      title: "Outcome",
      statements: [
        open.length === 0
          ? "Nothing is open that a run can tell."
          : `${countOf(open.length, "point")} ${open.length === 1 ? "is" : "are"} open: ${open.map(({ point }) => point).join("; ")}.`,
        `${countOf(facts.record.patients, "patient")}; ${facts.createdAt}, Osteon ${facts.osteonVersion}.`,
        `Counts of 1 to ${smallestCell - 1} are not printed.`,
      ],
      tables: [
        {
          title: "Points",
          columns: ["point", "state", "how"],
          rows: points.map(({ point, state, sentence }) => [point, state === "tests" ? "by tests" : state, sentence]),
        },
      ],
    },
    ...describeTables(facts.record),
    describeChanges(facts.record),
    describeCells(facts.record),
    describeDigests(facts),
  ];
  const json: DeidentificationReport = {
    format: "osteon-deidentification-report/1",
    title,
    passed: open.length === 0,
    points,
    sections,
  };
  return { markdown: `# ${escapeMarkdown(title)}\n\n${renderSections(sections)}\n`, json };
}

function describeTables({ taken, dropped, refused, findings }: DeidentificationRecord): CardSection[] {
  const tables = [...new Set([...taken, ...dropped, ...refused, ...findings].map(({ table }) => table))];
  return tables.map((name) => {
    const of = <T extends { readonly table: string }>(rows: readonly T[]) => rows.filter(({ table }) => table === name);
    return {
      title: `Table ${name}`,
      statements: [],
      tables: [
        { title: "Taken", columns: ["column", "role"], rows: of(taken).map(({ column, role }) => [column, role]) },
        {
          title: "Dropped",
          columns: ["column", "reason"],
          rows: of(dropped).map(({ column, reason }) => [column, reason]),
        },
        {
          title: "Alarms, all on dropped columns",
          columns: ["column", "identifier", "shown by", "values"],
          rows: of(findings).map(({ column, class: kind, evidence, count }) => [
            column,
            kind,
            evidence === "header" ? "its name" : "its values",
            evidence === "header" ? "–" : formatCell(count),
          ]),
        },
        {
          title: "Rows refused",
          columns: ["reason", "rows"],
          rows: of(refused).map(({ reason, count }) => [reason, formatCell(count)]),
        },
      ].filter(({ rows }) => rows.length > 0),
    };
  });
}

function describeChanges({ changed, notes }: DeidentificationRecord): CardSection {
  return {
    title: "Changed",
    statements: notes.map((note) => asSentence(hideLeadingCount(note))),
    tables: [
      {
        title: "Treatments",
        columns: ["column", "treatment", "patients"],
        rows: changed.map(({ column, treatment, count }) => [column, treatment, formatCell(count)]),
      },
    ],
  };
}

function describeCells({ quasiIdentifierCells }: DeidentificationRecord): CardSection {
  const fewer = `fewer than ${smallestCell}`;
  return {
    title: "Who looks like whom",
    statements: [
      "Patients who share all of a row's variables form a group. Somebody who knows these variables of a patient in a small group may pick them out of the de-identified cohort, which is why that cohort stays sealed. Coarser ages (phi_removal.age_precision_years) make larger groups.",
    ],
    tables: [
      {
        title: "Groups",
        columns: ["variables", "groups", "smallest group", `patients in groups of ${fewer}`],
        rows: quasiIdentifierCells.map(({ variables, cells, smallestCell: smallest, patientsInSmallCells }) => [
          variables.join(", "),
          String(cells),
          smallest === null ? fewer : String(smallest),
          patientsInSmallCells === null ? fewer : String(patientsInSmallCells),
        ]),
      },
    ],
  };
}

function describeDigests({ record, recordSha256, custody: { recipient } }: DeidentificationFacts): CardSection {
  return {
    title: "Digests and keys",
    statements: [
      `De-identified cohort: SHA-256 ${record.cohortSha256}.`,
      `Record: SHA-256 ${recordSha256}.`,
      `Sealed for: ${recipient}.`,
    ],
    tables: [
      {
        title: "Sources",
        columns: ["table", "bytes", "SHA-256"],
        rows: record.sources.map(({ table, bytes, sha256 }) => [table, String(bytes), sha256]),
      },
    ],
  };
}
