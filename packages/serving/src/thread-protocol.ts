import { catalogue, OsteonError, type ErrorCode } from "@osteon/errors";

/** What a thread is given to do. */
export interface ThreadOrder<Task> {
  readonly id: number;
  readonly task: Task;
}

/** What a thread tells: once that it is ready, or that it cannot be; then one answer an order, in any order. */
export type ThreadMessage<Info, Result> =
  | { readonly ready: Info }
  | { readonly failed: SentError }
  | { readonly id: number; readonly result: Result }
  | { readonly id: number; readonly error: SentError };

/** An error as plain data: structured cloning keeps no codes. Stays in this process's memory. */
export interface SentError {
  readonly name: string;
  readonly message: string;
  readonly stack: string | undefined;
  readonly code: string | undefined;
  readonly parameters: Readonly<Record<string, string | number>>;
}

export function packError(thrown: unknown): SentError {
  const { name, message, stack } = thrown instanceof Error ? thrown : new Error(String(thrown));
  const { code, parameters } = thrown instanceof OsteonError ? thrown : { code: undefined, parameters: {} };
  return { name, message, stack, code, parameters };
}

/** The error as it was thrown in its thread: Osteon's with its code, another with its kind, message and stack. */
export function unpackError({ code, parameters, ...plain }: SentError): Error {
  if (code !== undefined && Object.hasOwn(catalogue, code)) return new OsteonError(code as ErrorCode, parameters);
  return Object.assign(new Error(plain.message), plain);
}
