import {
  clinicalPatientContract,
  clinicalSampleContract,
  isMissingCode,
  mutationContract,
  type ColumnContract,
  type TableContract,
} from "@osteon/deidentification";
import { posix } from "node:path";
import { formatOf, isText, type FileFormat } from "./file-format.ts";

interface TableKeys {
  readonly id?: string | undefined;
  readonly patient?: string | undefined;
  readonly gene?: string | undefined;
  readonly columns?: Readonly<Record<string, string>>;
  readonly values?: Readonly<Record<string, Readonly<Record<string, string>> | undefined>> | undefined;
  readonly constants?: Readonly<Record<string, string | undefined>> | undefined;
  readonly units?: Readonly<Record<string, string | undefined>> | undefined;
}

interface SectionKeys extends TableKeys {
  readonly file: string;
  readonly format?: FileFormat | undefined;
  readonly separator?: string | undefined;
  readonly quote?: string | undefined;
  readonly decimal?: string | undefined;
  readonly form?: string;
  readonly orientation?: string | undefined;
  readonly annotations?: readonly string[];
  readonly value?: string | undefined;
  readonly layer?: string | undefined;
  readonly unit?: string | undefined;
  readonly raw?: boolean;
  readonly sequenced?: string;
}

interface MappingKeys {
  readonly patients: SectionKeys;
  readonly samples?: SectionKeys | undefined;
  readonly mutations?: SectionKeys | undefined;
  readonly copy_number?: SectionKeys | undefined;
  readonly expression?: SectionKeys | undefined;
}

interface IssueContext {
  addIssue(issue: { code: "custom"; path: PropertyKey[]; message: string }): void;
}

type Refuse = (path: readonly string[], message: string) => void;

/** Rules between keys, which no schema tells by itself. Messages name columns of the contract, never a file's value. */
export function checkMapping(mapping: MappingKeys, context: IssueContext): void {
  const section = (name: keyof MappingKeys): [SectionKeys | undefined, Refuse] => [
    mapping[name],
    (path, message) => context.addIssue({ code: "custom", path: [name, ...path], message }),
  ];
  for (const name of ["patients", "samples", "mutations", "copy_number", "expression"] as const) {
    const [keys, refuse] = section(name);
    if (keys !== undefined) checkFile(keys, refuse);
  }
  const [patients, refusePatients] = section("patients");
  const [expression, refuseExpression] = section("expression");
  if (expression?.form === "long" && expression.unit === undefined) {
    refuseExpression(["form"], "must have `unit` beside it: of a long table the unit is not found out");
  }
  checkTable(clinicalPatientContract, { PATIENT_ID: patients!.id }, patients!, refusePatients);
  checkUnits(patients!, refusePatients);
  const [samples, refuseSamples] = section("samples");
  if (samples) {
    checkTable(clinicalSampleContract, { SAMPLE_ID: samples.id, PATIENT_ID: samples.patient }, samples, refuseSamples);
  }
  const [mutations, refuseMutations] = section("mutations");
  if (mutations?.form === "calls") {
    const named = { Tumor_Sample_Barcode: mutations.id, Hugo_Symbol: mutations.gene };
    checkTable(mutationContract, named, mutations, refuseMutations);
  }
}

function checkFile(keys: SectionKeys, refuse: Refuse): void {
  const path = posix.normalize(keys.file.replaceAll("\\", "/"));
  if (posix.isAbsolute(path) || /^[A-Za-z]:/.test(path) || path === ".." || path.startsWith("../")) {
    refuse(["file"], "must be a file inside `directory`, without '..' and not from the root");
  }
  const format = keys.format ?? formatOf(keys.file);
  if (format === undefined) refuse(["file"], "its suffix tells no format; state `format` beside it");
  if (format === "h5ad" && (keys.raw === undefined || keys.form === "long")) {
    refuse(["file"], "must be a table; .h5ad is read as a matrix of expression");
  }
  const leftOver = (wrong: boolean, names: readonly (keyof SectionKeys)[], why: string): void => {
    if (!wrong) return;
    for (const name of names) {
      const given = keys[name];
      const isGiven =
        typeof given === "object" ? Object.keys(given).length > 0 : given !== undefined && given !== false;
      if (isGiven) refuse([name], `must be left out: ${why}`);
    }
  };
  leftOver(format !== undefined && !isText(format), ["separator", "quote", "decimal"], "it is for text files");
  leftOver(format !== "h5ad", ["layer", "raw"], "it is for .h5ad files");
  leftOver(format === "h5ad", ["orientation", "annotations"], "an .h5ad file has its samples in rows");
  leftOver(keys.form === "matrix", ["value"], "it is for the long form, of one value a row");
  leftOver(keys.form === "matrix", ["columns", "values", "constants"], "they are for a table of calls");
  leftOver(
    keys.form === "matrix" && keys.sequenced === "all",
    ["sequenced"],
    "a matrix tells by its zeros who was sequenced",
  );
  const isWide = keys.form === "matrix" && format !== "h5ad";
  leftOver(isWide && keys.gene !== undefined, ["id"], "`gene` names the column of genes, so the header has the ids");
  leftOver(keys.form === "long" || keys.form === "calls", ["orientation", "annotations"], "it is for a matrix");
}

function checkTable<Name extends string>(
  contract: TableContract<Name>,
  named: Readonly<Record<string, string | undefined>>,
  { columns = {}, values = {}, constants = {} }: TableKeys,
  refuse: Refuse,
): void {
  const namedSources = Object.values(named).filter((source) => source !== undefined);
  if (new Set(namedSources).size < namedSources.length) refuse([], "two of its keys name one column of the file");
  const taken = new Set(Object.entries(named).flatMap(([target, source]) => (source === undefined ? [] : [target])));
  for (const [source, target] of Object.entries(columns)) {
    if (taken.has(target)) {
      refuse(["columns", source], `must name a column that no other key names; ${target} is named twice`);
    }
    if (namedSources.includes(source)) refuse(["columns", source], "must be left out: another key names this column");
    taken.add(target);
  }
  const contractOf = (column: string): ColumnContract => contract.columns[column as Name];
  for (const [column, coding] of Object.entries(values)) {
    for (const [source, target] of Object.entries(coding ?? {})) {
      const allowed = describeUnless(contractOf(column), target);
      if (allowed !== undefined) refuse(["values", column, source], `must be ${allowed}`);
    }
  }
  for (const [column, constant] of Object.entries(constants)) {
    if (constant === undefined) continue;
    if (taken.has(column)) refuse(["constants", column], "must be left out: a column of the file is named for it");
    const allowed = describeUnless(contractOf(column), constant);
    if (allowed !== undefined) refuse(["constants", column], `must be ${allowed}`);
  }
}

/** What a column takes, unless it takes the text. */
function describeUnless({ kind }: ColumnContract, text: string): string | undefined {
  if (isMissingCode(text)) return undefined;
  if (kind.type === "code" && !kind.codes.has(text.trim().toLowerCase())) {
    return `one of ${[...kind.codes.keys()].join(", ")}, or NA`;
  }
  if (kind.type === "number") {
    const number = Number(text);
    const isTaken = kind.spellings?.has(text.toLowerCase()) || (number >= kind.minimum && number <= kind.maximum);
    return isTaken ? undefined : `a number of ${kind.minimum} to ${kind.maximum} ${kind.unit}, or NA`;
  }
  return undefined;
}

/** Days in a column of months are seldom out of its range, so a name that says days has to be answered. */
function checkUnits({ columns = {}, units = {} }: TableKeys, refuse: Refuse): void {
  const words = { OS_MONTHS: /day|tage|year|jahre/i, AGE: /day|tage|month|monate/i } as const;
  for (const [source, target] of Object.entries(columns)) {
    if (target !== "OS_MONTHS" && target !== "AGE") continue;
    if (words[target].test(source) && units[target] === undefined) {
      refuse(["columns", source], `its name speaks of another unit than ${target}'s; state units.${target}`);
    }
  }
}
