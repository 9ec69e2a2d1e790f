import { countOf, listWords } from "../markup/format.ts";
import type { DeidentificationFacts } from "./deidentification-facts.ts";

/** One thing that has to hold, and how it did. */
export interface PointFinding {
  readonly point: string;
  /** `tests`: no run can show it; the tests of this version of Osteon do. */
  readonly state: "met" | "open" | "tests";
  readonly sentence: string;
}

/** The six points of data in, and what the run adds to them, in their order. */
export function judgePoints(facts: DeidentificationFacts): readonly PointFinding[] {
  return [
    judgeAllowList(facts),
    judgeAgesAndDates(facts),
    judgeIdentifiers(facts),
    judgeGenomicResidue(facts),
    {
      point: "5. Record",
      state: "met",
      sentence: `deidentification.json (SHA-256 ${facts.recordSha256}) tells what was taken, dropped, changed and refused, without a value.`,
    },
    {
      point: "6. Canaries",
      state: "tests",
      sentence: `The tests of Osteon ${facts.osteonVersion} plant marked patients in every field and find none in any result, log or message; a run cannot show that of itself.`,
    },
    judgeStorage(facts),
  ];
}

function judgeAllowList({ record, simulated }: DeidentificationFacts): PointFinding {
  const point = "1. Allow-list";
  if (simulated) return { point, state: "met", sentence: "The cohort is simulated: no column was read." };
  const { taken, dropped, findings } = record;
  const alarms = new Set(findings.map(({ table, column }) => `${table}/${column}`)).size;
  return {
    point,
    state: "met",
    sentence:
      `${countOf(taken.length, "column")} that a contract names with type, unit and range ${taken.length === 1 ? "was" : "were"} taken, ` +
      `${dropped.length} dropped. No row held a value that its column does not take. The alarm fired on ` +
      `${alarms === 0 ? "no column" : `${countOf(alarms, "dropped column")} and on none that was taken`}.`,
  };
}

function judgeAgesAndDates({ record }: DeidentificationFacts): PointFinding {
  const { changed } = record;
  const ages = changed.filter(({ column }) => column === "AGE").map(({ treatment }) => treatment);
  const dates = changed.filter(({ column }) => column.startsWith("DATE_")).map(({ column }) => column);
  const cut = changed.find(({ column }) => column === "OS_MONTHS")?.treatment;
  const survival =
    dates.length === 0
      ? "The source states survival as a duration, and no date was read; where patients are alive at the day of the extract, their durations tell the day of diagnosis to who knows that day, which only the source can mend."
      : `${listWords(dates)} were reduced to intervals while reading, and no date was kept. ` +
        (cut === undefined
          ? "Follow-ups end where the extract ends: who knows that day has the day of diagnosis of who was alive then (phi_removal.date_shift_days: 365 hides it)."
          : `${cut[0]!.toUpperCase()}${cut.slice(1)}.`);
  return { point: "2. Ages and dates", state: "met", sentence: `Ages are ${listWords(ages)}. ${survival}` };
}

function judgeIdentifiers({ record, simulated, custody }: DeidentificationFacts): PointFinding {
  const isApart = simulated || !custody.pseudonymKeyInRun;
  return {
    point: "3. Identifiers",
    state: isApart ? "met" : "open",
    sentence:
      `Ids of ${countOf(record.patients, "patient")} became pseudonyms by HMAC-SHA-256, apart for release ${record.release}; no sample id, file name or label of a batch was kept. ` +
      (simulated
        ? "Their key comes from the seed, as nobody real is behind them."
        : isApart
          ? "Their key is not in the run directory."
          : "Their key lies in the run directory: whoever has both can test whether a known id is in the cohort. Move keys/pseudonym.key away and name it by phi_removal.key_path."),
  };
}

function judgeGenomicResidue({ record }: DeidentificationFacts): PointFinding {
  const genomic = new Set(["mutations", "copy-number", "expression"]);
  const taken = record.taken.filter(({ table, role }) => genomic.has(table) && role === "genomic");
  const dropped = record.dropped.filter(({ table }) => genomic.has(table)).length;
  return {
    point: "4. Genomic residue",
    state: "met",
    sentence:
      `Taken of the genomic tables: ${listWords([...new Set(taken.map(({ column }) => column))]) || "nothing"}, and the values by gene and patient. ` +
      `${countOf(dropped, "other column")} (positions, alleles, depths, normal samples, dbSNP ids and the like) ${dropped === 1 ? "was" : "were"} dropped at the reader.`,
  };
}

function judgeStorage({
  custody: { patientDataInPlain, identityInRun, recipient },
}: DeidentificationFacts): PointFinding {
  const point = "Data at rest";
  if (patientDataInPlain) {
    const sentence = "The patients' intermediates stand in plain in the run directory (encryption.enabled is false).";
    return { point, state: "open", sentence };
  }
  const sealed = `What holds single patients is sealed with age for ${recipient.slice(0, 16)}…`;
  return {
    point,
    state: identityInRun ? "open" : "met",
    sentence: identityInRun
      ? `${sealed}, and the key that opens it lies in the same directory. Move keys/identity.txt away and name it by encryption.key_path or OSTEON_KEY_FILE.`
      : `${sealed}; the key that opens it is not in the run directory.`,
  };
}
