import { OsteonError } from "@osteon/errors";
import type { Snapshot } from "../database/driver/snapshot.ts";
import type { QuerySet } from "../database/queries/query.ts";
import { renderOmopQueries, type OmopSettings } from "./omop-queries.ts";

/**
 * Where in an OMOP database each part of a cohort is. Copy number and expression have no place in the model: they
 * are in tables of the site's own, as any other part may be.
 *
 * @param own queries of the site that take the place of the model's
 */
export async function omopQuerySet(
  snapshot: Snapshot,
  settings: OmopSettings,
  own: Partial<QuerySet> = {},
): Promise<QuerySet> {
  const { patients, mutations, remarks } = await renderOmopQueries(settings);
  return {
    patients: { name: "OMOP patients", text: patients },
    mutations: { name: "OMOP mutations", text: mutations },
    // They tell of the model's patients.
    leftOut: own.patients === undefined ? await readRemarks(snapshot, remarks) : [],
    ...own,
  };
}

/** What could not be taken; nothing where it cannot be told, which the contract's check explains. */
async function readRemarks(snapshot: Snapshot, remarks: string): Promise<NonNullable<QuerySet["leftOut"]>> {
  try {
    const rows = await snapshot.all(remarks);
    return rows.map(([reason, count]) => ({ reason: reason!, count: Number(count) }));
  } catch (error) {
    if (error instanceof OsteonError && error.code === "connectors.query-refused") return [];
    throw error;
  }
}
