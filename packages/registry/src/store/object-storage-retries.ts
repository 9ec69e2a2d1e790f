import { setTimeout as delay } from "node:timers/promises";
import { OsteonError, osteonError } from "@osteon/errors";
import { S3ServiceError } from "s3mini";

const attempts = 4;
const firstPauseMs = 100;

/**
 * Does something with an object storage, again where the fault may pass: the server is busy, or the network broke.
 *
 * @param operation completing "refuses to …"
 * @throws `registry.object-storage-refused`, `registry.object-storage-unreachable`
 */
export async function withRetries<T>(place: string, operation: string, work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (error instanceof OsteonError) throw error;
      const refusal = refusalOf(error);
      if (refusal !== undefined && !mayPass(refusal.status)) {
        throw osteonError("registry.object-storage-refused", { place, operation, reason: describe(refusal) });
      }
      if (attempt === attempts) {
        const reason = refusal === undefined ? networkReason(error) : describe(refusal);
        throw osteonError("registry.object-storage-unreachable", { place, operation, reason });
      }
      // At random, so that services that failed together do not come back together.
      await delay(firstPauseMs * 2 ** (attempt - 1) * (0.5 + Math.random() / 2));
    }
  }
}

interface Refusal {
  readonly status: number;
  readonly code: string | undefined;
}

/** What the server answered; undefined where it did not. */
export function refusalOf(error: unknown): Refusal | undefined {
  return error instanceof S3ServiceError ? { status: error.status, code: error.serviceCode } : undefined;
}

/** 409: another write of the same object was under way. */
function mayPass(status: number): boolean {
  return status === 408 || status === 409 || status === 429 || (status >= 500 && status !== 501);
}

/** The server's own text stays behind: nothing says what it quotes. */
function describe({ status, code }: Refusal): string {
  return code !== undefined && code !== "Unknown" && /^[A-Za-z]{1,64}$/.test(code) ? `${status} ${code}` : `${status}`;
}

function networkReason(error: unknown): string {
  const { code, cause, name } = error as Error & { readonly code?: unknown };
  const inner = (cause as { readonly code?: unknown } | undefined)?.code;
  for (const candidate of [code, inner]) {
    if (typeof candidate === "string" && /^[A-Z_]{3,40}$/.test(candidate)) return candidate;
  }
  return name === "TimeoutError" ? "no answer in time" : "the connection broke";
}
