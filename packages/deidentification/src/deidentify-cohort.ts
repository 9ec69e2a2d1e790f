import { digestCohort, UNKNOWN, type Cohort } from "@osteon/cohort";
import { osteonError } from "@osteon/errors";
import { cutFollowUp, type CutFollowUp } from "./cut-follow-up.ts";
import type { DeidentificationRecord } from "./deidentification-record.ts";
import { createIdentifierDetector } from "./detection/identifier-detector.ts";
import { defaultAgePrecisionYears, generaliseAges, oldestAgeYears, pooledAgeYears } from "./generalise-age.ts";
import { createPseudonymiser } from "./pseudonym.ts";
import { countQuasiIdentifierCells } from "./quasi-identifier-cells.ts";
import { reorderCohort } from "./reorder-cohort.ts";
import type { SourceExtract } from "./source-extract.ts";

export interface DeidentificationOptions {
  /** Secret of the pseudonyms, at least 32 random bytes. Whoever has it can test ids; keep it apart. */
  readonly key: Uint8Array;
  /** Name of the release; pseudonyms of two releases cannot be linked. */
  readonly release: string;
  /** Ages become multiples of this many years, 1/12 to 10; 0.1 by default. */
  readonly agePrecisionYears?: number;
  /** Longest part of a follow-up before the extract's end that is cut off, see {@link cutFollowUp}; 0 by default. */
  readonly dateShiftDays?: number;
  readonly signal?: AbortSignal;
}

export interface DeidentifiedCohort {
  readonly cohort: Cohort;
  readonly record: DeidentificationRecord;
}

const geneTables = [
  ["mutations", "mutation"],
  ["copyNumber", "copy-number"],
  ["expression", "expression"],
] as const;

/**
 * Makes of an extract a cohort that may be stored: pseudonyms for ids, generalised ages, follow-ups that do not tell
 * the extract's last day, patients in the order of their pseudonyms, which says nothing of the source's order.
 *
 * @throws deidentification.identifier-found if the alarm fired on a column that is taken; nothing is passed on then
 * @throws deidentification.key-too-short, .release-missing, .age-precision, .date-shift, .no-dates
 */
export async function deidentifyCohort(
  extract: SourceExtract,
  options: DeidentificationOptions,
): Promise<DeidentifiedCohort> {
  refuseFoundIdentifiers(extract);
  const source = extract.cohort;
  const pseudonymise = await createPseudonymiser(options.key, options.release);
  const agePrecisionYears = options.agePrecisionYears ?? defaultAgePrecisionYears;
  const ages = generaliseAges(source.clinical.ageYears, agePrecisionYears);
  const shiftDays = options.dateShiftDays ?? 0;
  const followUp = await cutFollowUp(source.patientIds, source.clinical, {
    key: options.key,
    shiftDays,
    observedDays: extract.observedDays ?? [],
  });

  const pseudonyms: string[] = [];
  for (const id of source.patientIds) {
    options.signal?.throwIfAborted();
    pseudonyms.push(await pseudonymise(id));
  }
  if (new Set(pseudonyms).size !== pseudonyms.length) {
    throw osteonError("deidentification.pseudonym-collision", { patients: pseudonyms.length });
  }
  const order = pseudonyms.map((_, index) => index).sort((a, b) => (pseudonyms[a]! < pseudonyms[b]! ? -1 : 1));
  const cohort = reorderCohort(
    { ...source, patientIds: pseudonyms, clinical: { ...followUp.clinical, ageYears: ages.ageYears } },
    order,
  );

  const record: DeidentificationRecord = {
    format: "osteon-deidentification-record/1",
    release: options.release,
    patients: pseudonyms.length,
    taken: extract.columns.flatMap((c) => (c.taken ? [{ table: c.table, column: c.column, role: c.role }] : [])),
    dropped: extract.columns.flatMap((c) => (c.taken ? [] : [{ table: c.table, column: c.column, reason: c.reason }])),
    changed: [
      { column: "PATIENT_ID", treatment: "keyed pseudonym, HMAC-SHA-256", count: pseudonyms.length },
      ...(extract.reductions ?? []),
      { column: "AGE", treatment: `rounded to multiples of ${agePrecisionYears} years`, count: ages.rounded },
      { column: "AGE", treatment: `over ${oldestAgeYears} pooled to ${pooledAgeYears}`, count: ages.pooled },
      ...describeCut(followUp, shiftDays),
      ...(cohort.batch === undefined
        ? []
        : [
            {
              column: "BATCH",
              treatment: "labels replaced by codes while reading",
              count: cohort.batch.filter((code) => code !== UNKNOWN).length,
            },
          ]),
    ],
    refused: extract.refusals,
    quasiIdentifierCells: countQuasiIdentifierCells(cohort),
    findings: extract.findings,
    sources: extract.files.map(({ table, bytes, sha256 }) => ({ table, bytes, sha256 })),
    notes: extract.notes,
    cohortSha256: await digestCohort(cohort),
  };
  return { cohort, record };
}

function describeCut(
  { cut, deathsCut, nothingLeft }: CutFollowUp,
  shiftDays: number,
): DeidentificationRecord["changed"] {
  if (shiftDays === 0) return [];
  const column = "OS_MONTHS";
  return [
    { column, treatment: `follow-up ends a secret 0 to ${shiftDays} days before the extract does`, count: cut },
    { column, treatment: "died in the part cut off: alive at its beginning", count: deathsCut },
    { column, treatment: "diagnosed in the part cut off: survival unknown", count: nothingLeft },
  ];
}

/**
 * The reader's findings, and the ids once more, so that an extract from any source passes the same gate.
 * Names of genes are published as they are, so a patient's id among them (a table turned on its side, columns
 * swapped) would be too.
 */
function refuseFoundIdentifiers(extract: SourceExtract): void {
  const places = extract.findings
    .filter((finding) => finding.taken)
    .map((finding) => `${finding.column} of ${finding.table} (${finding.class}, ${finding.count} values)`);
  if (places.length === 0) {
    const detector = createIdentifierDetector("PATIENT_ID", { column: "ids" });
    for (const id of extract.cohort.patientIds) detector.examine(id);
    places.push(...detector.report().map((found) => `patient ids (${found.class}, ${found.count} values)`));
  }
  const ids = new Set(extract.cohort.patientIds);
  for (const [table, words] of geneTables) {
    const count = extract.cohort[table].genes.filter((gene) => ids.has(gene)).length;
    if (count > 0) places.push(`gene names of the ${words} table (patient ids, ${count} values)`);
  }
  if (places.length > 0) throw osteonError("deidentification.identifier-found", { places: places.join("; ") });
}
