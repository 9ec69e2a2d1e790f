/** Where a network runs. Only `cpu` is always there. */
export type Device = "cpu" | "cuda" | "webgpu";

export interface SessionOptions {
  /** Threads of one operator. Default: 1. */
  readonly threads?: number;
  /** Default: cpu. */
  readonly device?: Device;
}

/** Sizes of the named dimensions of a graph, as `{ batch: 17 }`. */
export type Sizes = Readonly<Record<string, number>>;
export type Arrays = Readonly<Record<string, Float32Array>>;

/** A network loaded to run, in float32. One operator runs at a time: calls queue up. */
export interface Session {
  /** Runs on the arrays given and writes to new ones: row-major, of the shapes of the graph. */
  run(inputs: Arrays, sizes?: Sizes): Promise<Arrays>;
  /**
   * Ties inputs and outputs to arrays once; each call of the result reads and writes their present content,
   * without copies. Outputs not named go nowhere.
   */
  bind(inputs: Arrays, outputs: Arrays, sizes?: Sizes): () => Promise<void>;
  release(): Promise<void>;
}
