import { osteonError } from "@osteon/errors";
import { z } from "zod";
import { defaultRetryPolicy, PassingFailure, withRetries, type RetryPolicy } from "./retry.ts";
import { StallGuard } from "./stall-guard.ts";

/** The public one of the NCI. */
export const publicGdcService = "https://api.gdc.cancer.gov";

export interface GdcServiceOptions {
  /** Where the API answers; {@link publicGdcService} by default. */
  readonly service?: string | undefined;
  readonly retries?: RetryPolicy | undefined;
  /** A connection that brings next to nothing for so long is given up. One minute by default. */
  readonly stallMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What to list: a search of the API's `files` or `cases`. */
export interface GdcSearch {
  readonly endpoint: "files" | "cases";
  readonly filters: unknown;
  readonly fields: readonly string[];
  /** Field by which pages are cut; unique to a hit. */
  readonly sort: string;
}

const rangeNotSatisfiable = 416;

/** Part of a list. */
interface Page<T> {
  readonly hits: readonly T[];
  /** Hits in all. */
  readonly total: number;
}

/** Where a file's content goes. */
export interface ContentSink {
  /** Bytes that are there already. */
  length(): Promise<number>;
  /** Keeps the first `offset` bytes and puts what comes after them. */
  write(offset: number, chunks: AsyncIterable<Uint8Array>): Promise<void>;
  clear(): Promise<void>;
}

/**
 * Speaks the GDC API (docs.gdc.cancer.gov/API) without a token, so that nothing controlled can be had.
 * Requests are made again where a failure may pass: 429, 5xx, broken and stalled connections, answers that are
 * no JSON.
 */
export class GdcService {
  readonly url: string;
  readonly #retries: RetryPolicy;
  readonly #stallMs: number;
  readonly #signal: AbortSignal | undefined;

  /** @throws connectors.gdc-address */
  constructor({
    service = publicGdcService,
    retries = defaultRetryPolicy,
    stallMs = 60_000,
    signal,
  }: GdcServiceOptions) {
    this.url = checkAddress(service);
    this.#retries = retries;
    this.#stallMs = stallMs;
    this.#signal = signal;
  }

  /**
   * One page of a list.
   *
   * @throws connectors.gdc-unavailable, .gdc-refused, .gdc-answer
   */
  async page<T>(search: GdcSearch, hitSchema: z.ZodType<T>, from: number, size: number): Promise<Page<T>> {
    const { endpoint, filters, fields, sort } = search;
    const body = { filters, fields: fields.join(","), sort: `${sort}:asc`, from, size, format: "JSON" };
    const json = await this.#repeat(endpoint, async () => {
      const guard = new StallGuard(this.#stallMs, this.#signal);
      try {
        const headers = { "content-type": "application/json", accept: "application/json" };
        const request = { method: "POST", headers, body: JSON.stringify(body), signal: guard.signal };
        const response = await this.#fetch(`/${endpoint}`, request);
        const chunks: Uint8Array[] = [];
        if (response.body !== null) for await (const chunk of guard.watch(response.body)) chunks.push(chunk);
        return parseJson(Buffer.concat(chunks).toString("utf8"));
      } catch (error) {
        throw passing(guard.explain(error));
      } finally {
        guard.stop();
      }
    });
    const answer = answerSchema(hitSchema).safeParse(json);
    if (answer.success) return { hits: answer.data.data.hits, total: answer.data.data.pagination.total };
    // The path of the first fault is of the API's own words; its value might be anything.
    const reason = `${answer.error.issues[0]?.path.map((key) => (typeof key === "number" ? "#" : String(key))).join(".")} is not as documented`;
    throw osteonError("connectors.gdc-answer", { service: this.url, endpoint, reason });
  }

  /**
   * Fetches a file into a sink, from where the sink ends, or from the beginning where the server does not go on in
   * the middle. A failure that may pass leaves in the sink what it has, and goes on.
   *
   * @throws connectors.gdc-unavailable, .gdc-refused, and what the sink throws
   */
  async content(id: string, sink: ContentSink): Promise<void> {
    await this.#repeat("data", async () => {
      const start = await sink.length();
      const guard = new StallGuard(this.#stallMs, this.#signal);
      try {
        // Not packed on the way: the digest and the range are of the file as it is stored.
        const headers = { "accept-encoding": "identity", ...(start > 0 && { range: `bytes=${start}-` }) };
        const response = await this.#fetch(`/data/${id}`, { headers, signal: guard.signal });
        const offset = offsetOf(response);
        if (response.status === rangeNotSatisfiable || (offset !== 0 && offset !== start)) {
          await response.body?.cancel();
          await sink.clear();
          throw new PassingFailure("the server does not have the part asked for");
        }
        if (response.body === null) throw new PassingFailure("the answer has no content");
        await sink.write(offset, guard.watch(response.body));
      } catch (error) {
        throw passing(guard.explain(error));
      } finally {
        guard.stop();
      }
    });
  }

  async #repeat<T>(what: string, attempt: () => Promise<T>): Promise<T> {
    try {
      return await withRetries(this.#retries, this.#signal, attempt);
    } catch (error) {
      if (!(error instanceof PassingFailure)) throw error;
      const parameters = { service: this.url, endpoint: what, reason: error.message };
      throw osteonError("connectors.gdc-unavailable", parameters, { cause: error });
    }
  }

  async #fetch(path: string, request: RequestInit): Promise<Response> {
    const response = await fetch(`${this.url}${path}`, request);
    const { status } = response;
    if (response.ok || status === rangeNotSatisfiable) return response;
    await response.body?.cancel();
    if (status === 408 || status === 429 || status >= 500) {
      const asked = retryAfterMs(response);
      const wait = asked === undefined ? "" : `, asking to wait for ${Math.ceil(asked / 1000)} s`;
      throw new PassingFailure(`status ${status}${wait}`, { retryAfterMs: asked });
    }
    throw osteonError("connectors.gdc-refused", { service: this.url, path, status });
  }
}

function answerSchema<T>(hitSchema: z.ZodType<T>) {
  return z.object({
    data: z.object({
      hits: z.array(hitSchema),
      pagination: z.object({ total: z.int().min(0) }),
    }),
  });
}

/** https, or http on this computer: what comes over an open line may be anything. */
function checkAddress(service: string): string {
  const url = URL.parse(service);
  const isLocal = url !== null && ["127.0.0.1", "[::1]", "localhost"].includes(url.hostname);
  const isSafe = url?.protocol === "https:" || (url?.protocol === "http:" && isLocal);
  if (url === null || !isSafe || url.username !== "" || url.password !== "" || url.search !== "" || url.hash !== "") {
    throw osteonError("connectors.gdc-address", {});
  }
  return url.href.replace(/(?<!\/)\/+$/, "");
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A proxy's page of excuses, most often.
    throw new PassingFailure("the answer is not JSON");
  }
}

/** Where in the file the content of an answer begins. */
function offsetOf(response: Response): number {
  if (response.status !== 206) return 0;
  return Number(/^bytes (\d+)-/.exec(response.headers.get("content-range") ?? "")?.[1]);
}

/** `Retry-After`: seconds, or a date. */
function retryAfterMs(response: Response): number | undefined {
  const text = response.headers.get("retry-after")?.trim() ?? "";
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}

/** What `fetch` throws where there is no connection, or where one breaks: a TypeError with the system's reason as its cause. */
function passing(error: unknown): unknown {
  if (!(error instanceof TypeError) || !["fetch failed", "terminated"].includes(error.message)) return error;
  const { code } = (error.cause ?? {}) as { readonly code?: unknown };
  return new PassingFailure(typeof code === "string" ? code : "the connection broke", { cause: error });
}
