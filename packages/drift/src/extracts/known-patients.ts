import { COPY_NUMBER_UNKNOWN, UNKNOWN, type Cohort } from "@osteon/cohort";

/** What became of one variable or table of the patients that both extracts hold; counts of patients. */
export interface KnownPatientChange {
  readonly name: string;
  /** Known in both. */
  readonly compared: number;
  /** Known in both and another value. */
  readonly changed: number;
  /** Known then, unknown now. */
  readonly lost: number;
  /** Unknown then, known now. */
  readonly gained: number;
}

/** Changes that time does not make. */
export interface ImplausibleChange {
  /** Dead then, alive now. */
  readonly revived: number;
  /** Followed for fewer days now. */
  readonly shortened: number;
}

/** Below this a difference of expression is rounding. */
const expressionTolerance = 1e-3;

type Compare = (before: number, now: number) => "same" | "changed" | "lost" | "gained" | "unknown";

const isNumberKnown = (value: number) => !Number.isNaN(value);
const isCodeKnown = (value: number) => value !== UNKNOWN;

/** @param previous the patients of both extracts, in the same order as `current` */
export function compareKnownPatients(
  previous: Cohort,
  current: Cohort,
): { readonly changes: KnownPatientChange[]; readonly implausible: ImplausibleChange } {
  const rows = [...current.patientIds.keys()];
  const [before, now] = [previous.clinical, current.clinical];
  const column = (name: string, a: ArrayLike<number>, b: ArrayLike<number>, isKnown: (value: number) => boolean) =>
    tally(
      name,
      rows.map((row) => compareBy(isKnown, 0)(a[row]!, b[row]!)),
    );
  const changes = [
    column("survival time", before.survivalTimeDays, now.survivalTimeDays, isNumberKnown),
    column("event", before.event, now.event, isCodeKnown),
    column("age", before.ageYears, now.ageYears, isNumberKnown),
    column("metastasis", before.metastasis, now.metastasis, isCodeKnown),
    column("sex", before.male, now.male, isCodeKnown),
    column("necrosis", before.necrosisPercent, now.necrosisPercent, isNumberKnown),
    compareTables("mutations", previous.mutations, current.mutations, compareBy(isCodeKnown, 0)),
    compareTables(
      "copy number",
      previous.copyNumber,
      current.copyNumber,
      compareBy((value) => value !== COPY_NUMBER_UNKNOWN, 0),
    ),
    ...(previous.expression.unit === current.expression.unit
      ? [
          compareTables(
            "expression",
            previous.expression,
            current.expression,
            compareBy(isNumberKnown, expressionTolerance),
          ),
        ]
      : []),
  ];
  const implausible = {
    revived: rows.filter((row) => before.event[row] === 1 && now.event[row] === 0).length,
    shortened: rows.filter((row) => now.survivalTimeDays[row]! < before.survivalTimeDays[row]!).length,
  };
  return { changes, implausible };
}

function compareBy(isKnown: (value: number) => boolean, tolerance: number): Compare {
  return (before, now) => {
    if (!isKnown(before)) return isKnown(now) ? "gained" : "unknown";
    if (!isKnown(now)) return "lost";
    return Math.abs(now - before) > tolerance ? "changed" : "same";
  };
}

interface Table {
  readonly genes: readonly string[];
  readonly values: ArrayLike<number>;
}

/** A patient's table has changed where a gene that both tables list has; it is lost where all of them are. */
function compareTables(name: string, before: Table, now: Table, compare: Compare): KnownPatientChange {
  const places = new Map(now.genes.map((gene, j) => [gene, j]));
  const shared = before.genes.flatMap((gene, j) => (places.has(gene) ? [[j, places.get(gene)!] as const] : []));
  const patients = shared.length === 0 ? 0 : before.values.length / before.genes.length;
  const outcomes = Array.from({ length: patients }, (_, row) => {
    const seen = new Set(
      shared.map(([j, k]) =>
        compare(before.values[row * before.genes.length + j]!, now.values[row * now.genes.length + k]!),
      ),
    );
    if (seen.has("changed")) return "changed";
    if (seen.has("same")) return "same";
    return seen.has("lost") ? "lost" : seen.has("gained") ? "gained" : "unknown";
  });
  return tally(name, outcomes);
}

function tally(name: string, outcomes: readonly ReturnType<Compare>[]): KnownPatientChange {
  const count = (wanted: ReturnType<Compare>) => outcomes.filter((outcome) => outcome === wanted).length;
  const changed = count("changed");
  return { name, compared: changed + count("same"), changed, lost: count("lost"), gained: count("gained") };
}
