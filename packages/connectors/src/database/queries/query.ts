import type { SourceExpressionUnit } from "../../reading/expression-units.ts";

/** A SELECT statement that one modality is read from. */
export interface Query {
  /** By which errors name it: a view, a query file. */
  readonly name: string;
  readonly text: string;
}

/**
 * Where in a database each part of a cohort is, whatever the vocabulary: a site's own views, the deployment
 * guide's tables, an OMOP database. What a query's columns are called and hold is one contract for all of them,
 * in docs/databases.md; a part that is left out is one that the database does not have.
 */
export interface QuerySet {
  readonly patients: Query;
  /** Left out: every patient is their own one sample. */
  readonly samples?: Query | undefined;
  readonly mutations: Query;
  readonly copyNumber?: Query | undefined;
  readonly expression?: (Query & { readonly unit: SourceExpressionUnit }) | undefined;
  /** Patients whom the set leaves out of what the database has, where it knows. */
  readonly leftOut?: readonly { readonly reason: string; readonly count: number }[] | undefined;
}
