import { catalogue } from "@osteon/errors";

/** What a log line can hold: one line, no structure. */
export type FieldValue = string | number | boolean;

/**
 * Reads one field of an event: gives the value back where it is of the field's kind, undefined where
 * it is not, and then it is not written. Every kind is narrow, so that no free text reaches a log.
 */
export interface Field<T extends FieldValue> {
  read(value: unknown): T | undefined;
}

/** One of a fixed list of words. */
export function oneOf<const T extends string>(...words: readonly T[]): Field<T> {
  return { read: (value) => words.find((word) => word === value) };
}

/** A whole number from 0. */
export const count: Field<number> = {
  read: (value) => (typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : undefined),
};

/** Milliseconds, written to the microsecond. */
export const durationMs: Field<number> = {
  read: (value) =>
    typeof value === "number" && Number.isFinite(value) && value >= 0 ? Math.round(value * 1000) / 1000 : undefined,
};

export const httpStatus: Field<number> = {
  read: (value) =>
    typeof value === "number" && Number.isInteger(value) && value >= 100 && value <= 599 ? value : undefined,
};

export const httpMethod = oneOf("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

const uuid = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";

/** A UUID or `run-…`, so that no date, record number or barcode passes for one. */
export const runId: Field<string> = matching(new RegExp(`^(?:${uuid}|run-[0-9a-z-]{1,60})$`));

/** A UUID or `req-…` as a counter gives: what a server makes, not what a client sends. */
export const requestId: Field<string> = matching(new RegExp(`^(?:${uuid}|req-[0-9a-z]{1,12})$`));

/**
 * The route as it was declared, such as `/models/:version`. A path as a client sent it does not fit
 * where it holds a query, capitals or digits, since those may carry a condition or an identifier.
 */
export const routeTemplate: Field<string> = matching(/^(?=.{1,128}$)(?:\/(?::[a-zA-Z]+|[a-z][a-z.-]*|\*)?)+$/);

/** The 16 digits of a manifest's `modelVersion`. */
export const modelVersion: Field<string> = matching(/^[0-9a-f]{16}$/);

/** SHA-256, hexadecimal. */
export const digest: Field<string> = matching(/^[0-9a-f]{64}$/);

export const semanticVersion: Field<string> = matching(/^\d{1,5}\.\d{1,5}\.\d{1,5}(?:-[0-9a-z.]{1,32})?$/);

/** A code of the error catalogue, or `internal` for what nobody foresaw. */
export const errorCode: Field<string> = {
  read: (value) =>
    typeof value === "string" && (value === "internal" || Object.hasOwn(catalogue, value)) ? value : undefined,
};

function matching(pattern: RegExp): Field<string> {
  return { read: (value) => (typeof value === "string" && pattern.test(value) ? value : undefined) };
}
