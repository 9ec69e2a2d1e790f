/** The part of autocannon 9 that the benchmark uses; the package ships no types. */
declare module "autocannon" {
  export interface LoadOptions {
    readonly url: string;
    readonly method: "GET" | "POST";
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
    readonly connections: number;
    /** Seconds. */
    /** Requests a second of all connections together; as many as can be, if left out. */
    readonly overallRate?: number;
    readonly duration?: number;
    /** Requests; then `duration` is not looked at. */
    readonly amount?: number;
  }

  export interface LoadResult {
    readonly errors: number;
    readonly timeouts: number;
    readonly non2xx: number;
    /** Seconds. */
    readonly duration: number;
  }

  export interface LoadRun extends PromiseLike<LoadResult> {
    on(
      event: "response",
      listener: (client: unknown, status: number, answerBytes: number, responseTimeMs: number) => void,
    ): this;
  }

  export default function autocannon(options: LoadOptions): LoadRun;
}
