// How many identifying columns of hospital-like tables the alarm finds, and how many clinical ones it takes for such.
//
//   node bench/detection.ts [--vocabulary NAME] [--repeats 60] [--seed 1] [--misses] [--json]
//
// Columns of the 18 Safe Harbor classes, named by their header, told by values alone or mentioned in free text, and
// clinical columns that look like them. The detector is mended with --vocabulary development --misses; the figures
// to report are those of the held-out words and forms. Ends with 1 where a claim is missed.
import { parseArgs } from "node:util";
import { exactBinomialInterval } from "@osteon/numerics";
import {
  formatShareInterval,
  measureDetection,
  stateDetection,
  vocabularies,
  type VocabularyName,
} from "./measures/detection.ts";
import { formatStatements, formatTable } from "./measures/text-table.ts";

const { values: flags } = parseArgs({
  options: {
    vocabulary: { type: "string", default: "warehouse" },
    repeats: { type: "string", default: "60" },
    seed: { type: "string", default: "1" },
    misses: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
  },
});

const vocabulary = (Object.keys(vocabularies) as VocabularyName[]).find((name) => name === flags.vocabulary);
if (vocabulary === undefined) throw new Error(`--vocabulary takes ${Object.keys(vocabularies).join(", ")}`);
const figures = measureDetection(vocabulary, { seed: Number(flags.seed), repeats: Number(flags.repeats) });
const statements = stateDetection(figures);

if (flags.json) {
  const { missed: _, ...told } = figures;
  console.log(JSON.stringify({ ...told, statements }));
} else {
  const share = (count: number, of: number) => formatShareInterval(exactBinomialInterval(count, of, 0.95));
  console.log(
    formatTable(
      ["class", "told by", "columns", "recall (95 %)", "named rightly"],
      figures.rows.map(({ class: kind, place, columns, detected, named }) => [
        kind,
        place,
        String(columns),
        share(detected, columns),
        `${Math.round((100 * named) / columns)} %`,
      ]),
    ),
  );
  console.log();
  console.log(
    formatTable(
      ["clinical column", "columns", "alarms"],
      figures.clinical
        .filter(({ alarms }) => alarms > 0)
        .map(({ header, columns, alarms }) => [header, String(columns), String(alarms)]),
    ),
  );
  console.log();
  console.log(formatStatements(statements));
}
if (flags.misses) {
  for (const { class: kind, place, header, values } of figures.missed.slice(0, 200)) {
    console.log(`${kind} (${place}) ${header}: ${values.slice(0, 3).join(" | ")}`);
  }
}
if (statements.some(({ holds }) => !holds)) process.exitCode = 1;
