import { osteonError } from "@osteon/errors";
import { z } from "zod";
import type { GdcSearch, GdcService } from "../service/gdc-service.ts";
import { gdcCaseFields, gdcCaseSchema, type GdcCase } from "./case-schema.ts";
import { md5Schema, uuidSchema, type GdcFile } from "./download-manifest.ts";
import { fileKinds, gdcFileKinds, type GdcFileKind } from "./file-kinds.ts";

const pageSize = 250;
/** How often a list that changes while it is read is read again from the beginning. */
const rounds = 3;

/** What a project holds that Osteon reads. */
export interface ProjectListing {
  /** By submitter id. */
  readonly cases: readonly GdcCase[];
  /** By kind, then id; none has been fetched. */
  readonly files: readonly GdcFile[];
}

const named = z.object({ submitter_id: z.string().min(1) });
const fileHitSchema = z.object({
  file_id: uuidSchema,
  access: z.string(),
  data_type: z.string(),
  md5sum: md5Schema,
  file_size: z.int().min(0),
  analysis: z.object({ workflow_type: z.string() }).nullish(),
  cases: z
    .array(
      z.object({
        samples: z
          .array(
            named.extend({
              portions: z
                .array(z.object({ analytes: z.array(z.object({ aliquots: z.array(named).nullish() })).nullish() }))
                .nullish(),
            }),
          )
          .nullish(),
      }),
    )
    .nullish(),
});
type FileHit = z.infer<typeof fileHitSchema>;

const fileFields = [
  "file_id",
  "access",
  "data_type",
  "md5sum",
  "file_size",
  "analysis.workflow_type",
  "cases.samples.submitter_id",
  "cases.samples.portions.analytes.aliquots.submitter_id",
];

/**
 * Lists the cases of a project and its open files of mutations, expression and gene-level copy number.
 *
 * @throws connectors.gdc-no-cases, .gdc-no-files, .gdc-answer, and what asking the service throws
 */
export async function listProject(service: GdcService, project: string): Promise<ProjectListing> {
  const dataTypes = gdcFileKinds.map((kind) => fileKinds[kind].dataType);
  const cases = await listAll(
    service,
    {
      endpoint: "cases",
      filters: isOneOf("project.project_id", [project]),
      fields: gdcCaseFields,
      sort: "submitter_id",
    },
    gdcCaseSchema,
    (found) => found.submitter_id,
  );
  if (cases.length === 0) throw osteonError("connectors.gdc-no-cases", { project, service: service.url });
  const hits = await listAll(
    service,
    {
      endpoint: "files",
      filters: {
        op: "and",
        content: [
          isOneOf("cases.project.project_id", [project]),
          isOneOf("access", ["open"]),
          isOneOf("data_type", dataTypes),
        ],
      },
      fields: fileFields,
      sort: "file_id",
    },
    fileHitSchema,
    (hit) => hit.file_id,
  );
  // A mirror may not keep to the filter; what is not open is not asked for whatever it says. Nor is what no sample
  // can be told of.
  const open = hits.filter((hit) => hit.access === "open" && samplesOf(hit).length > 0);
  const files = gdcFileKinds.flatMap((kind) => chooseWorkflow(kind, open).map((hit) => describeFile(kind, hit)));
  if (files.length === 0) throw osteonError("connectors.gdc-no-files", { project, kinds: dataTypes.join(", ") });
  return { cases, files };
}

function isOneOf(field: string, value: readonly string[]) {
  return { op: "in", content: { field, value } };
}

/**
 * Every hit of a search, page by page. A page may hold fewer hits than asked for; a list whose length changes, or
 * that ends before its length, has changed in between.
 */
async function listAll<T>(
  service: GdcService,
  search: GdcSearch,
  hitSchema: z.ZodType<T>,
  idOf: (hit: T) => string,
): Promise<readonly T[]> {
  for (let round = 0; round < rounds; round++) {
    const found = new Map<string, T>();
    let { hits, total } = await service.page(search, hitSchema, 0, pageSize);
    const wanted = total;
    let from = 0;
    while (hits.length > 0 && total === wanted) {
      for (const hit of hits) found.set(idOf(hit), hit);
      from += hits.length;
      if (from >= total) break;
      ({ hits, total } = await service.page(search, hitSchema, from, pageSize));
    }
    if (found.size === wanted && total === wanted) {
      return [...found.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, hit]) => hit);
    }
  }
  const reason = `its list changed each of ${rounds} times that it was read`;
  throw osteonError("connectors.gdc-answer", { service: service.url, endpoint: search.endpoint, reason });
}

/** The files of the workflow that measured most samples, among equals of the preferred one. */
function chooseWorkflow(kind: GdcFileKind, hits: readonly FileHit[]): readonly FileHit[] {
  const { dataType, workflows } = fileKinds[kind];
  const ofKind = hits.filter(({ data_type }) => data_type === dataType);
  const candidates = workflows.map((workflow) => ofKind.filter(({ analysis }) => analysis?.workflow_type === workflow));
  const countSamples = (files: readonly FileHit[]) =>
    new Set(files.flatMap(samplesOf).map((sample) => sample.submitter_id)).size;
  return candidates.reduce((best, files) => (countSamples(files) > countSamples(best) ? files : best), []);
}

function samplesOf({ cases }: FileHit) {
  return (cases ?? []).flatMap(({ samples }) => samples ?? []);
}

function describeFile(kind: GdcFileKind, hit: FileHit): GdcFile {
  const aliquots = samplesOf(hit).flatMap(({ submitter_id: sample, portions }) => {
    const analytes = (portions ?? []).flatMap((portion) => portion.analytes ?? []);
    const ids = analytes.flatMap((analyte) => analyte.aliquots ?? []).map((aliquot) => aliquot.submitter_id);
    // A file of a whole sample counts as one of an aliquot of that name.
    return (ids.length === 0 ? [sample] : ids).map((aliquot) => ({ aliquot, sample }));
  });
  return {
    id: hit.file_id,
    kind,
    path: `${kind}/${hit.file_id}.${fileKinds[kind].extension}`,
    bytes: hit.file_size,
    md5: hit.md5sum,
    state: "pending",
    aliquots,
  };
}
