/** How the server of the benchmark gets its model. */
export type ModelSource =
  | { readonly kind: "simulated" }
  /** No service at all: Node's own server, which computes for so long and answers with so many bytes. */
  | { readonly kind: "floor"; readonly computeMs: number; readonly answerBytes: number }
  | { readonly kind: "package"; readonly packageFile: string; readonly identityFile: string };

/** First message to the server. */
export interface StartMessage {
  readonly source: ModelSource;
  readonly tokenHash: string;
  /** Threads that sample; not for a simulated model. */
  readonly workers: number;
}

/** What the server tells of itself each time it is asked, after its garbage was collected. */
export interface ServerState {
  readonly residentMebibytes: number;
  readonly heapMebibytes: number;
  /** Processor time of all its threads since its beginning, ms: what load on the machine changes little. */
  readonly processorMs: number;
  /** 99th percentile since it was asked last. */
  readonly eventLoopDelayMs: number;
}

/** Messages of the server: once that it listens, then its state each time it is asked. */
export type ServerMessage =
  | { readonly kind: "listening"; readonly port: number; readonly modelVersion: string }
  | ({ readonly kind: "state" } & ServerState);
