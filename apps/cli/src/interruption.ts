const signals = ["SIGINT", "SIGTERM"] as const;
/** A terminal tells every process of the group, and a launcher passes it on: so soon it is the same wish. */
const sameWishMs = 1_000;

/** Aborted by the first SIGINT or SIGTERM. Another one after a second ends the process at once, should an orderly end hang. */
export function listenForInterruption(): AbortSignal {
  const interruption = new AbortController();
  const hear = (): void => {
    if (interruption.signal.aborted) return;
    interruption.abort();
    setTimeout(() => signals.forEach((signal) => process.off(signal, hear)), sameWishMs).unref();
  };
  for (const signal of signals) process.on(signal, hear);
  return interruption.signal;
}
