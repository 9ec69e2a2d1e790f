import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { listenForInterruption } from "./interruption.ts";

describe("listenForInterruption", () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it.each(["SIGINT", "SIGTERM"] as const)(
    "takes %s that comes twice at once for one, and hears none after a second",
    (name) => {
      const heard = () => ["SIGINT", "SIGTERM"].map((each) => process.listenerCount(each));
      const before = heard();
      const signal = listenForInterruption();
      expect(signal.aborted).toBe(false);

      process.emit(name);
      process.emit(name);
      expect(signal.aborted).toBe(true);
      vi.advanceTimersByTime(999);
      expect(heard()).toEqual(before.map((count) => count + 1));
      // Left to themselves, signals end the process.
      vi.advanceTimersByTime(1);
      expect(heard()).toEqual(before);
    },
  );
});
