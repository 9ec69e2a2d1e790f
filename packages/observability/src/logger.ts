import type { Writable } from "node:stream";
import { pino } from "pino";
import type { FieldValue } from "./field.ts";
import type { Fields, LogEvent, LogLevel, ValuesOf } from "./log-event.ts";
import { censor, redactSecret, secretPaths } from "./redaction.ts";
import { RotatingFile, type RotationOptions } from "./rotating-file.ts";

export interface LoggerOptions {
  /** A stream, or the path of a file that lines are added to (made, with its folders, mode 0600). */
  readonly destination: Writable | string;
  /** Events below it are not written. By default `info`. */
  readonly level?: LogLevel;
  /** For a file: when it is put aside, and how many are kept. By default 10 MB and 5. */
  readonly rotation?: RotationOptions;
}

export interface Logger {
  /**
   * Writes one event as a line of JSON: `level`, `time` (ISO 8601, UTC), `event` and its fields. A
   * value that the event does not declare, or that is not of its field's kind, is left out and
   * counted in `droppedFields`; it never makes the caller fail.
   */
  log<F extends Fields>(event: LogEvent<F>, values: ValuesOf<LogEvent<F>>): void;
  /** Closes the file, if the destination is one; a stream is left to its owner. */
  close(): void;
}

/**
 * Creates a logger that writes declared events only: there is no call that takes free text.
 *
 * @throws the system's error where the file cannot be opened
 * @example createLogger({ destination: process.stderr }).log(stepStarted, { runId, step: "train" });
 */
export function createLogger({ destination, level = "info", rotation }: LoggerOptions): Logger {
  const file = typeof destination === "string" ? new RotatingFile(destination, rotation) : undefined;
  const writer = pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: [...secretPaths], censor },
    },
    file ?? (destination as Writable),
  );
  return {
    log(event, values) {
      if (!writer.isLevelEnabled(event.level)) return;
      writer[event.level]({ event: event.name, ...readDeclared(event.fields, values) });
    },
    close() {
      file?.close();
    },
  };
}

/** The values that are declared and fit, in the order of the declaration. */
function readDeclared(fields: Fields, values: Readonly<Record<string, unknown>>): Record<string, FieldValue> {
  const line: Record<string, FieldValue> = {};
  const given = Object.keys(values).filter((name) => values[name] !== undefined);
  for (const [name, field] of Object.entries(fields)) {
    const value = Object.hasOwn(values, name) ? field.read(values[name]) : undefined;
    if (value !== undefined) line[name] = redactSecret(value);
  }
  const dropped = given.filter((name) => !Object.hasOwn(line, name)).length;
  if (dropped > 0) line["droppedFields"] = dropped;
  return line;
}
