import { readdir, stat } from "node:fs/promises";
import { isAbsolute, join, posix } from "node:path";
import { osteonError } from "@osteon/errors";
import type { FolderContext } from "../text/folder-context.ts";
import { readKeyValues, requireValue, type KeyValueFile } from "./read-key-values.ts";

/** What a meta file says of the data file that it describes. */
export interface ProfileMeta {
  readonly meta: KeyValueFile;
  readonly datatype: string;
  /** Name inside the study folder, as it is stored (with .gz if only the packed file is there). */
  readonly dataFile: string;
}

/** The files of a study that Osteon reads, by kind. */
export interface StudyIndex {
  readonly patients: ProfileMeta;
  readonly samples: ProfileMeta;
  readonly mutations: ProfileMeta | undefined;
  readonly copyNumber: ProfileMeta | undefined;
  /** Every continuous and z-score expression profile. */
  readonly expression: readonly ProfileMeta[];
  readonly genePanels: ProfileMeta | undefined;
}

/**
 * Reads every meta file of a study folder and finds the data files they name.
 *
 * @throws connectors.directory-missing, .no-meta, .meta-missing, .meta-twice, .study-mismatch,
 *   .data-file-missing, .data-file-outside, and what reading a meta file throws
 */
export async function readStudyIndex(context: FolderContext): Promise<StudyIndex> {
  const { directory } = context;
  const metaFiles = (await listFiles(directory)).filter((name) => /(?:^|_)meta(?:_.*)?\.txt$/i.test(name)).sort();
  if (metaFiles.length === 0) throw osteonError("connectors.no-meta", { directory });
  const metas: KeyValueFile[] = [];
  for (const file of metaFiles) metas.push(await readKeyValues(context, file));
  refuseMixedStudies(metas);

  const find = (kind: string, ...datatypes: string[]): Promise<ProfileMeta[]> => {
    const ofKind = metas.filter((meta) => valueInCapitals(meta, "genetic_alteration_type") === kind);
    const wanted = ofKind.filter((meta) => datatypes.includes(valueInCapitals(meta, "datatype")));
    return Promise.all(wanted.map((meta) => describeProfile(meta, directory)));
  };
  const findOne = async (what: string, kind: string, datatype: string): Promise<ProfileMeta | undefined> => {
    const [first, second] = await find(kind, datatype);
    if (first !== undefined && second !== undefined) {
      throw osteonError("connectors.meta-twice", { first: first.meta.file, second: second.meta.file, what });
    }
    return first;
  };
  const findRequired = async (what: string, datatype: string, example: string): Promise<ProfileMeta> => {
    const found = await findOne(what, "CLINICAL", datatype);
    if (found !== undefined) return found;
    const described = `${example} (genetic_alteration_type CLINICAL, datatype ${datatype})`;
    throw osteonError("connectors.meta-missing", { what, example: described });
  };
  return {
    patients: await findRequired("clinical patient attributes", "PATIENT_ATTRIBUTES", "meta_clinical_patient.txt"),
    samples: await findRequired("clinical sample attributes", "SAMPLE_ATTRIBUTES", "meta_clinical_sample.txt"),
    mutations: await findOne("mutations", "MUTATION_EXTENDED", "MAF"),
    copyNumber: await findOne("discrete copy number", "COPY_NUMBER_ALTERATION", "DISCRETE"),
    expression: await find("MRNA_EXPRESSION", "CONTINUOUS", "Z-SCORE"),
    genePanels: await findOne("gene panels", "GENE_PANEL_MATRIX", "GENE_PANEL_MATRIX"),
  };
}

async function listFiles(directory: string): Promise<string[]> {
  try {
    const entries = await readdir(directory, { withFileTypes: true });
    return entries.filter((entry) => !entry.isDirectory()).map((entry) => entry.name);
  } catch {
    throw osteonError("connectors.directory-missing", { directory });
  }
}

/** Two studies in one folder would be read as one, with the survival of one beside the tumours of the other. */
function refuseMixedStudies(metas: readonly KeyValueFile[]): void {
  let first: KeyValueFile | undefined;
  for (const meta of metas) {
    const study = meta.values.get("cancer_study_identifier");
    if (study === undefined) continue;
    first ??= meta;
    if (study !== first.values.get("cancer_study_identifier")) {
      throw osteonError("connectors.study-mismatch", { file: meta.file, first: first.file });
    }
  }
}

async function describeProfile(meta: KeyValueFile, directory: string): Promise<ProfileMeta> {
  const path = posix.normalize(requireValue(meta, "data_filename").replaceAll("\\", "/"));
  if (isAbsolute(path) || /^[A-Za-z]:/.test(path) || path === ".." || path.startsWith("../")) {
    throw osteonError("connectors.data-file-outside", { meta: meta.file });
  }
  for (const dataFile of [path, `${path}.gz`]) {
    const isFile = await stat(join(directory, dataFile)).then(
      (stats) => stats.isFile(),
      () => false,
    );
    if (isFile) return { meta, datatype: valueInCapitals(meta, "datatype"), dataFile };
  }
  throw osteonError("connectors.data-file-missing", { meta: meta.file, file: path });
}

function valueInCapitals(meta: KeyValueFile, key: string): string {
  return (meta.values.get(key) ?? "").toUpperCase();
}
