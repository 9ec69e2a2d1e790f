import { monitorEventLoopDelay } from "node:perf_hooks";

const windowMs = 1_000;
const resolutionMs = 20;

/** Watches how long the event loop is held up. */
export class EventLoopDelay {
  readonly #histogram = monitorEventLoopDelay({ resolution: resolutionMs });
  #windowBegan = performance.now();
  #delayMs = 0;

  constructor() {
    this.#histogram.enable();
  }

  /** 99th percentile of a second that ended not long ago, ms. */
  readMs(): number {
    const now = performance.now();
    if (now - this.#windowBegan >= windowMs) {
      // What is measured is the time between two looks.
      this.#delayMs = Math.max(0, this.#histogram.percentile(99) / 1e6 - resolutionMs);
      this.#histogram.reset();
      this.#windowBegan = now;
    }
    return this.#delayMs;
  }

  stop(): void {
    this.#histogram.disable();
  }
}
