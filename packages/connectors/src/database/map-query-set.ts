import {
  clinicalPatientContract,
  clinicalSampleContract,
  mutationContract,
  type TableContract,
} from "@osteon/deidentification";
import { OsteonError } from "@osteon/errors";
import type { Snapshot } from "./driver/snapshot.ts";
import { refuseUnsafeQuery } from "./queries/unsafe-query.ts";
import type { Query, QuerySet } from "./queries/query.ts";
import type { SourceExpressionUnit } from "../reading/expression-units.ts";
import { geneNames, ownerNames } from "./tables/genomic-names.ts";
import { mapTable } from "./tables/map-table.ts";
import { shapeOf } from "./tables/matrix-shape.ts";
import type { QueryFault } from "./tables/query-faults.ts";
import type { MappedMatrix } from "./tables/query-matrix.ts";
import type { MappedTable } from "./tables/query-table.ts";
import { readColumnTypes, type QueryColumn } from "./tables/result-type.ts";

/** A query set whose columns are known and fit. */
export interface MappedQuerySet {
  readonly patients: MappedTable;
  readonly samples: MappedTable | undefined;
  readonly mutations: MappedTable;
  readonly copyNumber: MappedMatrix | undefined;
  readonly expression: (MappedMatrix & { readonly unit: SourceExpressionUnit }) | undefined;
}

/** What became of holding a query set against its contract. */
export interface QuerySetMapping {
  /** Undefined where something is wrong. */
  readonly mapped: MappedQuerySet | undefined;
  readonly faults: readonly QueryFault[];
  /** Columns of each query that could be described, by the part of the set. */
  readonly parts: Readonly<Partial<Record<keyof QuerySet, MappedTable | MappedMatrix>>>;
}

/**
 * Holds every query of a set against the contract of its part by its columns' names and types alone, before any
 * row is read, and tells all faults of all queries together.
 *
 * @throws connectors.database-lost, and what no mending of a query would change
 */
export async function mapQuerySet(
  snapshot: Snapshot,
  queries: QuerySet,
  fieldsToRemove: readonly string[],
): Promise<QuerySetMapping> {
  const faults: QueryFault[] = [];
  const hasSamples = queries.samples !== undefined;

  const describe = async (query: Query): Promise<readonly QueryColumn[] | undefined> => {
    try {
      await refuseUnsafeQuery(snapshot, query);
      return await readColumnTypes(snapshot, await snapshot.describe(query));
    } catch (error) {
      if (!(error instanceof OsteonError) || error.code !== "connectors.query-refused") throw error;
      faults.push({ query: query.name, sentence: String(error.parameters["problem"]) });
      return undefined;
    }
  };
  const table = async <Name extends string>(
    query: Query | undefined,
    contract: TableContract<Name>,
    order: readonly Name[],
  ): Promise<MappedTable | undefined> => {
    const columns = query && (await describe(query));
    if (columns === undefined) return undefined;
    const { mapping, faults: found } = mapTable(contract, columns, fieldsToRemove);
    faults.push(...found.map((sentence) => ({ query: query!.name, sentence })));
    return { query: query!, columns, mapping, order };
  };
  const matrix = async (query: Query | undefined): Promise<MappedMatrix | undefined> => {
    const columns = query && (await describe(query));
    if (columns === undefined) return undefined;
    const { shape, faults: found } = shapeOf(columns, hasSamples);
    faults.push(...found.map((sentence) => ({ query: query!.name, sentence })));
    return shape && { query: query!, columns, shape };
  };

  const patients = await table(queries.patients, clinicalPatientContract, ["PATIENT_ID"]);
  const samples = await table(queries.samples, clinicalSampleContract, ["PATIENT_ID", "SAMPLE_ID"]);
  const mutations = await table(queries.mutations, sqlMutationContract(hasSamples), [
    "Tumor_Sample_Barcode",
    "Hugo_Symbol",
    "Variant_Classification",
  ]);
  const copyNumber = await matrix(queries.copyNumber);
  const expression = await matrix(queries.expression);
  const unit = queries.expression?.unit;
  const mapped =
    faults.length > 0
      ? undefined
      : {
          patients: patients!,
          samples,
          mutations: mutations!,
          copyNumber,
          expression: expression && unit && { ...expression, unit },
        };
  const parts = { patients, samples, mutations, copyNumber, expression };
  return { mapped, faults, parts: withoutUndefined(parts) };
}

/** Databases call gene and owner by plainer names than a mutation annotation file does. */
function sqlMutationContract(hasSamples: boolean): typeof mutationContract {
  const { columns } = mutationContract;
  const Hugo_Symbol = { ...columns.Hugo_Symbol, aliases: geneNames };
  const Tumor_Sample_Barcode = { ...columns.Tumor_Sample_Barcode, aliases: ownerNames(hasSamples) };
  return { ...mutationContract, columns: { ...columns, Hugo_Symbol, Tumor_Sample_Barcode } };
}

function withoutUndefined<T extends object>(parts: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(parts).filter(([, part]) => part !== undefined)) as never;
}
