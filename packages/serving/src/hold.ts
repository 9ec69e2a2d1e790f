/** Counts who holds a thing, and ends it when it is retired and nobody does any more. */
export function createHold(end: () => Promise<void>): {
  readonly hold: () => () => void;
  readonly retire: () => Promise<void>;
} {
  let holds = 0;
  const free = Promise.withResolvers<void>();
  let isRetired = false;
  const endWhenFree = (): void => {
    if (isRetired && holds === 0) free.resolve();
  };
  return {
    hold() {
      holds++;
      let isHeld = true;
      return () => {
        if (!isHeld) return;
        isHeld = false;
        holds--;
        endWhenFree();
      };
    },
    async retire() {
      isRetired = true;
      endWhenFree();
      await free.promise;
      await end();
    },
  };
}
