import { assertCohortShape, type Cohort, type CohortPart } from "@osteon/cohort";
import type { DriftGroupName, DriftReference, ReferenceVariable } from "@osteon/contracts";
import { createPathwayScorer, driverCopyNumberGenes, type GeneSet } from "@osteon/features";
import { mean, sampleVariance, streamId } from "@osteon/numerics";
import { completenessParts } from "../variables/list-variables.ts";
import { cutBlocks } from "./cut-blocks.ts";
import { summariseReference } from "./expression-summary.ts";
import { readColumns, type ReferenceFrame } from "./read-columns.ts";

export interface ReferenceRequest {
  readonly question: DriftReference["question"];
  /** Who the model was trained on, or what it gave; with the genes that it has. */
  readonly patients: Cohort;
  /** With those who were left out as incomplete. */
  readonly everyone: Cohort;
  readonly required: readonly CohortPart[];
  readonly geneSets: readonly GeneSet[];
  readonly minimumSetGenes: number;
  /** Patients between two cut points at least; 5 or more. */
  readonly fewestInBlock: number;
  /** Expression genes, those that vary most; default 200. */
  readonly genes?: number;
}

const completenessKeys = [...completenessParts, ["male", "sex known"], ["necrosis", "necrosis known"]] as const;

/**
 * What is kept of a cohort so that later patients can be compared with it: for each variable where its patients lie,
 * by blocks of no fewer than `fewestInBlock`, so no extreme, no rare mutation and no value of one patient more
 * exactly than a sixteenth of the deviation. The same cohort gives the same reference.
 *
 * @throws `cohort.shape`, `cohort.value`
 */
export function createReference(request: ReferenceRequest): DriftReference {
  const { question, patients, everyone, required, geneSets, minimumSetGenes, fewestInBlock } = request;
  assertCohortShape(patients);
  const { expression } = patients;
  const hasExpression = expression.genes.length > 0;
  const frame: ReferenceFrame = {
    expressionUnit: hasExpression ? expression.unit : null,
    expressionGenes: expression.genes,
    geneSets,
    minimumSetGenes,
    geneScales: scaleGenes(patients, { most: request.genes ?? 200, fewestKnown: 2 * fewestInBlock }),
  };
  const read = readColumns(frame, patients);
  const readEveryone = readColumns(frame, everyone);
  const seed = seedOf(patients);
  const summaries = summariseReference(frame.geneScales, patients);
  const variables = listSources(question, frame, patients).flatMap(({ name, group, source }) => {
    const values =
      source.table === "summary"
        ? summaries.get(source.key)
        : (source.table === "completeness" ? readEveryone : read)(source);
    const blocked = values && cutBlocks(name, values, { fewest: fewestInBlock, seed });
    if (!blocked) return [];
    // What everybody had may be lacking one day; of another value that all share there is nothing to compare.
    if (source.table === "completeness") return [{ group, source, ...blocked, categories: countRecorded(values) }];
    return varies(values) ? [{ group, source, ...blocked }] : [];
  });
  return {
    format: "osteon-drift-reference/1",
    question,
    patients: patients.patientIds.length,
    everyone: everyone.patientIds.length,
    fewestInBlock,
    required,
    ...frame,
    variables,
  };
}

/** SHA-256 of a reference, 64 hexadecimal digits: what a monitor is held against. */
export async function digestReference(reference: DriftReference): Promise<string> {
  const sorted = JSON.stringify(reference, (_, value: unknown) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
  return digestText(sorted);
}

/** SHA-256 of a text, 64 hexadecimal digits. */
export async function digestText(text: string): Promise<string> {
  const digest = await globalThis.crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

type Source = Pick<ReferenceVariable, "name" | "group" | "source">;

function listSources(
  question: DriftReference["question"],
  frame: ReferenceFrame,
  { mutations, copyNumber }: Cohort,
): Source[] {
  const of = (group: DriftGroupName, table: ReferenceVariable["source"]["table"], key: string, name = key): Source => ({
    name,
    group,
    source: { table, key },
  });
  const { names } = createPathwayScorer(frame.expressionGenes, frame.geneSets, { minimumGenes: frame.minimumSetGenes });
  const drivers = driverCopyNumberGenes.filter((gene) => copyNumber.genes.includes(gene));
  // Who has come in lately has had less time to die; generated patients are followed as long as those before.
  const followed = question === "output" ? ["survival time", "death"] : [];
  return [
    ...["age", "metastasis", "male", "necrosis", ...followed].map((key) => of("clinical", "clinical", key)),
    ...completenessKeys.map(([key, name]) => of("completeness", "completeness", key, name)),
    ...mutations.genes.map((gene) => of("mutations", "mutations", gene, `mutation of ${gene}`)),
    ...drivers.map((gene) => of("copy number", "copyNumber", gene, `copy number of ${gene}`)),
    ...names.map((name) => of("pathways", "pathways", name, `score of ${name}`)),
    ...["level", "distance"].map((key) => of("expression", "summary", key, `${key} of expression`)),
    ...frame.geneScales.map(({ gene }) => of("expression", "expression", gene, `expression of ${gene}`)),
  ];
}

function scaleGenes({ expression, patientIds }: Cohort, { most, fewestKnown }: { most: number; fewestKnown: number }) {
  const { genes, values } = expression;
  return genes
    .flatMap((gene, j) => {
      const known = Float64Array.from(patientIds, (_, row) => values[row * genes.length + j]!).filter(
        (value) => !Number.isNaN(value),
      );
      if (known.length < Math.max(3, fewestKnown, 0.8 * patientIds.length)) return [];
      const deviation = Math.sqrt(sampleVariance(known));
      return deviation > 1e-6 ? [{ gene, mean: mean(known), deviation }] : [];
    })
    .sort((a, b) => b.deviation - a.deviation || (a.gene < b.gene ? -1 : 1))
    .slice(0, most);
}

function varies(values: Float64Array): boolean {
  const known = values.filter((value) => !Number.isNaN(value));
  return known.length > 1 && Math.sqrt(sampleVariance(known)) > 1e-9 * Math.max(1, Math.abs(mean(known)));
}

/** Few or none too: the package's quality report says as much. */
function countRecorded(values: Float64Array): ReferenceVariable["categories"] {
  const recorded = values.filter((value) => value === 1).length;
  return { isBinary: true, upTo: [0], patients: [values.length - recorded, recorded] };
}

/**
 * Of the ties: another one for every cohort, and the same each time for one. A fixed seed would break them in one way
 * everywhere, so that an unlucky one alarmed for ever.
 */
function seedOf({ patientIds, clinical }: Cohort): number {
  return streamId(`${patientIds.join()}|${clinical.ageYears.join()}|${clinical.survivalTimeDays.join()}`);
}
