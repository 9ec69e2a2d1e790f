import { clinicalVariables, type ClinicalVariable } from "@osteon/cohort";
import { clinicalColumns, fieldMappings, type ContractField } from "@osteon/connectors";
import {
  clinicalPatientContract,
  clinicalSampleContract,
  missingCodes,
  mutationContract,
  type ClinicalPatientColumn,
} from "@osteon/deidentification";
import { describeMatrices, describeTables, format, treatmentOf } from "./describe-contracts.ts";
import { markdownTable } from "./markdown-table.ts";

/** Columns of the patients' contract that each variable of the cohort comes from. */
const origins: Readonly<Record<ClinicalVariable["field"], readonly ClinicalPatientColumn[]>> = {
  survivalTimeDays: ["OS_MONTHS", "DATE_OF_DIAGNOSIS", "DATE_OF_DEATH", "DATE_OF_LAST_CONTACT"],
  event: ["OS_STATUS"],
  ageYears: ["AGE", "DATE_OF_BIRTH", "DATE_OF_DIAGNOSIS"],
  metastasis: ["METASTATIC_AT_DIAGNOSIS"],
  male: ["SEX"],
  necrosisPercent: ["PERCENT_NECROSIS"],
};

/** The data dictionary as Markdown, from the schemas alone. */
export function composeDictionary(): string {
  const parts = [
    "# Data dictionary",
    "Made from the schemas by `npm run build:dictionary`, and held against them by `npm run build`: change the schema, not this page.",
    "## Variables of the cohort",
    "One row a patient. Unknown is never 0: a number is NaN, a code −1, a copy number −128.",
    describeVariables(),
    describeGenes(),
    "## Exported files",
    "Generated patients in CSV, patients in rows, `patient_id` first; an unknown cell is empty. [`provenance.json`](using-synthetic-data.md) beside them holds units, sizes and digests.",
    describeExports(),
    "## What is taken from a source",
    "Only these columns; every other column is dropped and counted. A value that is neither allowed nor a missing code stops the reading with its place.",
    describeTables(),
    "### Matrices",
    describeMatrices(),
    "### Missing codes",
    `Read as unknown in every column, whatever their case: ${[...missingCodes].map((code) => (code === "" ? "an empty cell" : `\`${code}\``)).join(", ")}. In a column of genes only the empty cell, \`na\`, \`n/a\`, \`nan\`, \`.\`, \`-\` and \`unknown\` are, as \`UNK\` is a gene.`,
    "## Source fields by reader",
    describeReaders(),
    "A reader says where it finds each field in a list of its own (`FieldMapping`, next to the reader), which `packages/connectors/src/field-mappings.ts` names; then `npm run build:dictionary`.",
  ];
  return `${parts.join("\n\n")}\n`;
}

function describeVariables(): string {
  const rows = clinicalVariables.map(({ field, meaning, unit, minimum, maximum, codes }) => {
    const contracts = origins[field].map((column) => clinicalPatientContract.columns[column]);
    const isCode = codes !== undefined;
    return [
      `\`${field}\``,
      meaning,
      isCode ? "code" : unit,
      isCode
        ? Object.entries(codes)
            .map(([code, words]) => `${code} ${words}`)
            .join(", ")
        : `${format(minimum)} to ${format(maximum)}`,
      isCode ? "−1" : "NaN",
      contracts[0]!.role,
      treatmentOf(contracts[0]!),
      origins[field].map((column) => `\`${column}\``).join(", "),
    ];
  });
  const batch = clinicalSampleContract.columns.BATCH;
  rows.push([
    "`batch`",
    batch.meaning,
    "code",
    "0, 1, … in order of size",
    "−1",
    batch.role,
    treatmentOf(batch),
    "`BATCH`",
  ]);
  const id = clinicalPatientContract.columns.PATIENT_ID;
  rows.unshift([
    "`patientIds`",
    "Pseudonym of the patient",
    "text",
    "unique",
    "none",
    id.role,
    treatmentOf(id),
    "`PATIENT_ID`",
  ]);
  return markdownTable(
    ["variable", "meaning", "unit", "range or coding", "unknown", "role", "treatment", "from"],
    rows,
  );
}

const geneTables = [
  [
    "`mutations`",
    "mutations.csv",
    "Gene mutated: a somatic change of the protein",
    "code",
    "0 sequenced and not mutated, 1 mutated",
    "−1",
  ],
  [
    "`copyNumber`",
    "copy_number.csv",
    "Copies of the gene",
    "level",
    "−2 deep loss, −1 loss, 0 unaltered, 1 gain, 2 amplification",
    "−128",
  ],
  [
    "`expression`",
    "expression.csv",
    "Expression of the gene",
    "log2(TPM+1), log2(CPM+1) or z-score",
    "0 to 19.93 as a logarithm",
    "NaN",
  ],
] as const;

function describeGenes(): string {
  return markdownTable(
    ["table", "meaning of a value", "unit", "range or coding", "unknown"],
    geneTables.map(([table, , meaning, unit, values, unknown]) => [table, meaning, unit, values, unknown]),
  );
}

function describeExports(): string {
  const clinical = clinicalColumns.map(({ name, field, unit, words, mayBeAbsent }) => {
    const { meaning, minimum, maximum, codes } = clinicalVariables.find((variable) => variable.field === field)!;
    const coded = words?.map((word) => `\`${word}\``).join(", ");
    const ofCodes =
      codes &&
      Object.entries(codes)
        .map(([code, text]) => `${code} ${text}`)
        .join(", ");
    return [
      "clinical.csv",
      `\`${name}\``,
      mayBeAbsent ? `${meaning}; left out where no patient has it` : meaning,
      unit ?? "code",
      coded ?? ofCodes ?? `${format(minimum)} to ${format(maximum)}`,
    ];
  });
  const genes = geneTables.map(([, file, meaning, unit, values]) => [file, "a column a gene", meaning, unit, values]);
  const pathways = [
    "pathways.csv",
    "a column a gene set",
    "Score of the gene set, from the expression beside it",
    "score",
    "−1 to 1",
  ];
  return markdownTable(["file", "column", "meaning", "unit", "range or coding"], [...clinical, ...genes, pathways]);
}

function describeReaders(): string {
  const fields: ContractField[] = [
    ...new Set(
      [clinicalPatientContract, clinicalSampleContract, mutationContract].flatMap(
        ({ columns }) => Object.keys(columns) as ContractField[],
      ),
    ),
    "copy number",
    "expression",
  ];
  return markdownTable(
    ["field", ...fieldMappings.map(({ reader }) => reader)],
    fields.map((field) => [`\`${field}\``, ...fieldMappings.map((mapping) => mapping.fields[field] ?? "–")]),
  );
}
