/** How much the service has under way at a time: what is more is answered with 503 and never waits. */
export interface LoadLimits {
  /** Requests for patients that are not answered to their end. */
  readonly requests: number;
  /** Patients that these ask for; at least 2,000. */
  readonly patients: number;
  /** Delay of the event loop, ms, above which no request for patients is taken on. */
  readonly eventLoopDelayMs: number;
  /** Longest time from a request to the end of its answer, ms; a client that reads more slowly is cut off. */
  readonly answerMs: number;
}

export const defaultLoadLimits: LoadLimits = {
  requests: 256,
  patients: 4_000,
  eventLoopDelayMs: 1_000,
  answerMs: 600_000,
};
