/** How the server of the benchmark gets its model. */
export type ModelSource =
  | { readonly kind: "simulated" }
  | { readonly kind: "package"; readonly packageFile: string; readonly identityFile: string };

/** First message to the server. */
export interface StartMessage {
  readonly source: ModelSource;
  readonly tokenHash: string;
}

/** Messages of the server: once that it listens, then its memory each time it is asked. */
export type ServerMessage =
  | { readonly kind: "listening"; readonly port: number; readonly modelVersion: string }
  | { readonly kind: "memory"; readonly residentMebibytes: number };
