import type { Field, FieldValue } from "./field.ts";

export type LogLevel = "debug" | "info" | "warn" | "error";
/** The fields of an event by name. */
export type Fields = Readonly<Record<string, Field<FieldValue>>>;

/** A kind of event that may be logged, with the fields that it may carry. Made by {@link defineEvent}. */
export class LogEvent<F extends Fields> {
  readonly name: string;
  readonly level: LogLevel;
  readonly fields: F;

  constructor(name: string, level: LogLevel, fields: F) {
    this.name = name;
    this.level = level;
    this.fields = fields;
  }
}

/** The values that an event takes; each may be left out. */
export type ValuesOf<E> =
  E extends LogEvent<infer F>
    ? { readonly [Name in keyof F]?: F[Name] extends Field<infer T> ? T | undefined : never }
    : never;

/**
 * Declares an event. Only what is declared can be logged.
 *
 * @example const runStarted = defineEvent("run.started", "info", { runId, patients: count });
 */
export function defineEvent<const F extends Fields>(name: string, level: LogLevel, fields: F): LogEvent<F> {
  return new LogEvent(name, level, fields);
}
