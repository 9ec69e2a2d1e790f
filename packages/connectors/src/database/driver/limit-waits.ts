import { osteonError } from "@osteon/errors";

const statementStopped = "57014";

/**
 * What a source gives, as long as nothing is waited for longer than a limit.
 *
 * @param query whose rows they are, for the error
 * @throws connectors.query-timeout
 */
export async function* limitWaits<T>(source: AsyncIterable<T>, seconds: number, query: string): AsyncGenerator<T> {
  const iterator = source[Symbol.asyncIterator]();
  let isWaiting = false;
  try {
    for (;;) {
      const { promise, reject } = Promise.withResolvers<never>();
      const parameters = { query, seconds, state: statementStopped };
      const timer = setTimeout(() => reject(osteonError("connectors.query-timeout", parameters)), seconds * 1000);
      isWaiting = true;
      const next = await Promise.race([iterator.next(), promise]).finally(() => clearTimeout(timer));
      isWaiting = false;
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    // A source that gives nothing would not hear that it is left either.
    if (!isWaiting) await iterator.return?.();
  }
}
