/** What a job running in a worker thread gets beside its argument. */
export interface WorkerContext<Report> {
  /** Aborted when the caller's signal is; seen between two runs of a session. */
  readonly signal: AbortSignal;
  /** Sends a value to the caller's `onReport`. */
  readonly report: (report: Report) => void;
}

/** A function that `runInWorker` can run: what goes in and out must survive structured cloning. */
export type WorkerJob<Argument, Result, Report> = (
  argument: Argument,
  context: WorkerContext<Report>,
) => Promise<Result>;

export interface WorkerStart {
  readonly module: string;
  readonly exportName: string;
  readonly argument: unknown;
}

/** An error as plain data: structured cloning keeps no codes. */
export interface SentError {
  readonly message: string;
  readonly stack: string | undefined;
  readonly code: string | undefined;
  readonly parameters: Readonly<Record<string, string | number>>;
}

export type WorkerMessage = { readonly report: unknown } | { readonly result: unknown } | { readonly error: SentError };
