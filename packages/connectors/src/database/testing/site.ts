import { OsteonError } from "@osteon/errors";
import type { SourceExtract } from "@osteon/deidentification";
import type { SqlSession } from "../driver/sql-session.ts";
import type { QuerySet } from "../queries/query.ts";
import { readDatabase, type DatabaseReadingOptions } from "../read-database.ts";

/** Queries by their part, as a site would write them. */
export type SiteQueries = Readonly<Partial<Record<Exclude<keyof QuerySet, "leftOut">, string>>> & {
  readonly unit?: "log2(TPM+1)" | "TPM" | "z-score";
};

/** Three made-up patients and their calls, in no table at all. */
export const threePatients = {
  patients:
    "select * from (values ('S1', 'alive', 10.0, 12.5, 'no'), ('S2', 'dead', 0, 15, 'yes'), ('S3', null, null, null, null)) " +
    "as v(patient_id, os_status, os_months, age, metastasis)",
  mutations:
    "select * from (values ('S1', 'TP53', 'Missense_Mutation'), ('S2', 'RB1', 'Silent')) " +
    "as v(patient_id, gene, variant_classification)",
} as const satisfies SiteQueries;

function queriesOf({ unit = "log2(TPM+1)", ...texts }: SiteQueries): QuerySet {
  const query = (part: keyof typeof texts) => {
    const text = texts[part];
    return text === undefined ? undefined : { name: `the ${part} query`, text };
  };
  const expression = query("expression");
  return {
    patients: query("patients") ?? { name: "the patients query", text: threePatients.patients },
    samples: query("samples"),
    mutations: query("mutations") ?? { name: "the mutations query", text: threePatients.mutations },
    copyNumber: query("copyNumber"),
    expression: expression && { ...expression, unit },
  };
}

/** Reads with a site's queries; parts that are not given are {@link threePatients}'. */
export function readSite(
  session: SqlSession,
  queries: SiteQueries,
  options?: DatabaseReadingOptions,
): Promise<SourceExtract> {
  return readDatabase(session, () => Promise.resolve(queriesOf(queries)), options);
}

/** The error that such a reading ends with. */
export async function failureOfSite(session: SqlSession, queries: SiteQueries): Promise<OsteonError> {
  const failure: unknown = await readSite(session, queries).then(
    () => undefined,
    (error: unknown) => error,
  );
  if (failure instanceof OsteonError) return failure;
  throw new Error("The reading did not end with an error of the catalogue", { cause: failure });
}
