/** Ends remembered: enough for a steady figure, few enough to follow another model or other requests. */
const remembered = 64;
/** Said while nothing has ended yet, and the limits of what is said, s. */
const [unknownSeconds, leastSeconds, mostSeconds] = [5, 1, 30];

/** How fast requests for patients are worked off, counted over the time in which any are under way. */
export class WorkPace {
  readonly #nowMs: () => number;
  readonly #ends: { readonly busyMs: number; readonly patients: number }[] = [];
  #underWay = 0;
  /** Time with work until {@link #sinceMs}, when a request last began or ended. */
  #busyMs = 0;
  #sinceMs = 0;

  constructor(nowMs: () => number = () => performance.now()) {
    this.#nowMs = nowMs;
  }

  begin(): void {
    this.#count();
    this.#underWay++;
  }

  end(patients: number): void {
    this.#count();
    this.#underWay--;
    this.#ends.push({ busyMs: this.#busyMs, patients });
    if (this.#ends.length > remembered) this.#ends.shift();
  }

  /** Time in which so many patients are worked off at the pace of late, whole seconds of 1 to 30. */
  secondsFor(patients: number): number {
    this.#count();
    const [first, ...later] = this.#ends;
    const done = later.reduce((sum, end) => sum + end.patients, 0);
    if (first === undefined || done === 0) return unknownSeconds;
    const seconds = Math.ceil((((this.#busyMs - first.busyMs) / done) * patients) / 1000);
    return Math.min(mostSeconds, Math.max(leastSeconds, seconds));
  }

  #count(): void {
    const now = this.#nowMs();
    if (this.#underWay > 0) this.#busyMs += now - this.#sinceMs;
    this.#sinceMs = now;
  }
}
