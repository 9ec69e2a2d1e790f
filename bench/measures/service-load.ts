import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createToken, hashToken } from "@osteon/service";
import autocannon from "autocannon";
import { servingFlags } from "../../bin/serving-flags.js";
import type { ModelSource, ServerMessage, ServerState, StartMessage } from "../service-load-protocol.ts";

/** One load: how it was answered, and the server before and after. */
export interface LoadMeasurement {
  readonly connections: number;
  readonly requests: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly requestsPerSecond: number;
  /** Processor time of the server. */
  readonly processorMsPerRequest: number;
  readonly before: ServerState;
  readonly after: ServerState;
}

/** A request without a seed, so that every one of them draws another patient. */
const requestBody = JSON.stringify({ survival_time: 800, event_occurred: 0 });

/** A server in a process of its own, with requests to be sent to it. */
export class LoadedServer implements Disposable {
  readonly #process: ChildProcess;
  readonly #token = createToken();
  #url = "";
  modelVersion = "";

  private constructor() {
    const execArgv = ["--expose-gc", ...servingFlags];
    this.#process = fork(new URL("../service-load-server.ts", import.meta.url), { execArgv });
  }

  static async start(source: ModelSource, workers: number): Promise<LoadedServer> {
    const server = new LoadedServer();
    const start: StartMessage = { source, tokenHash: hashToken(server.#token), workers };
    server.#process.send(start);
    const { port, modelVersion } = await server.#nextMessage("listening");
    server.#url = `http://127.0.0.1:${port}/generate`;
    server.modelVersion = modelVersion;
    return server;
  }

  /** @param length seconds, or how many requests */
  async measure(
    connections: number,
    length: { readonly duration: number } | { readonly amount: number },
  ): Promise<LoadMeasurement> {
    const latenciesMs: number[] = [];
    const before = await this.readState();
    const run = autocannon({
      url: this.#url,
      method: "POST",
      headers: this.#headers(),
      body: requestBody,
      connections,
      ...length,
    });
    // autocannon's own percentiles are whole milliseconds; these are not.
    run.on("response", (_client, _status, _bytes, responseTimeMs) => latenciesMs.push(responseTimeMs));
    const result = await run;
    if (result.errors + result.timeouts + result.non2xx > 0 || latenciesMs.length === 0) {
      throw new Error(
        `Not a measurement: ${latenciesMs.length} answers, of them ${result.non2xx} refusals; ` +
          `${result.errors} errors, ${result.timeouts} timeouts`,
      );
    }
    const after = await this.readState();
    const sorted = Float64Array.from(latenciesMs).sort();
    return {
      connections,
      requests: sorted.length,
      p50Ms: percentile(sorted, 0.5),
      p99Ms: percentile(sorted, 0.99),
      requestsPerSecond: sorted.length / result.duration,
      processorMsPerRequest: (after.processorMs - before.processorMs) / sorted.length,
      before,
      after,
    };
  }

  /** Bytes of one answer. */
  async measureAnswer(): Promise<number> {
    const answer = await fetch(this.#url, { method: "POST", headers: this.#headers(), body: requestBody });
    return (await answer.arrayBuffer()).byteLength;
  }

  async readState(): Promise<ServerState> {
    this.#process.send("state");
    return this.#nextMessage("state");
  }

  [Symbol.dispose](): void {
    if (this.#process.connected) this.#process.disconnect();
  }

  #headers(): Readonly<Record<string, string>> {
    return { authorization: `Bearer ${this.#token}`, "content-type": "application/json" };
  }

  async #nextMessage<K extends ServerMessage["kind"]>(kind: K): Promise<Extract<ServerMessage, { kind: K }>> {
    const ended = new AbortController();
    const stop = () => ended.abort(new Error("The server of the benchmark ended early"));
    this.#process.once("exit", stop);
    try {
      const [message] = (await once(this.#process, "message", { signal: ended.signal })) as [ServerMessage];
      if (message.kind !== kind) {
        throw new Error(`The server of the benchmark sent "${message.kind}" in place of "${kind}"`);
      }
      return message as Extract<ServerMessage, { kind: K }>;
    } finally {
      this.#process.off("exit", stop);
    }
  }
}

/** Value below which the fraction lies, by nearest rank. @param sorted ascending, not empty */
function percentile(sorted: Float64Array, fraction: number): number {
  return sorted[Math.max(0, Math.ceil(fraction * sorted.length) - 1)]!;
}
