import { osteonError, type OsteonError } from "@osteon/errors";
import type { LoadLimits } from "./load-limits.ts";
import { WorkPace } from "./work-pace.ts";

/** Requests for no more patients than this are small: an answer that a person waits for. */
const smallRequestPatients = 16;
/** Share of the limits that large requests leave to small ones. */
const keptForSmall = 1 / 4;

interface Load {
  requests: number;
  patients: number;
}

/** Counts what is under way; files of patients cannot shut out requests for a few. */
export class LoadAccount {
  readonly #pace = new WorkPace();
  readonly #limits: Record<"small" | "large", Load>;
  readonly #load: Record<"small" | "large", Load> = {
    small: { requests: 0, patients: 0 },
    large: { requests: 0, patients: 0 },
  };

  constructor({ requests, patients }: Pick<LoadLimits, "requests" | "patients">) {
    this.#limits = {
      small: { requests, patients: Math.floor(patients * keptForSmall) },
      large: {
        requests: Math.floor(requests * (1 - keptForSmall)),
        patients: Math.floor(patients * (1 - keptForSmall)),
      },
    };
  }

  /**
   * Takes a request on.
   *
   * @returns what gives its place free again; further calls do nothing
   * @throws `service.overloaded`
   */
  take(patients: number): () => void {
    const size = patients <= smallRequestPatients ? "small" : "large";
    const { [size]: limit } = this.#limits;
    const { [size]: load, small, large } = this.#load;
    if (
      small.requests + large.requests >= this.#limits.small.requests ||
      load.requests >= limit.requests ||
      load.patients + patients > limit.patients
    ) {
      throw this.refusal();
    }
    load.requests++;
    load.patients += patients;
    this.#pace.begin();
    let isTaken = true;
    return () => {
      if (!isTaken) return;
      isTaken = false;
      load.requests--;
      load.patients -= patients;
      this.#pace.end(patients);
    };
  }

  /** What answers who is not taken on: to come again when half of what is under way is done. */
  refusal(): OsteonError {
    const { small, large } = this.#load;
    const retryAfterSeconds = this.#pace.secondsFor((small.patients + large.patients) / 2);
    return osteonError("service.overloaded", { retryAfterSeconds });
  }
}
