import { RandomStream, streamId } from "@osteon/numerics";

const scale = streamId("bench/hospital-tables");

/** Random choices of one column. */
export class Draw {
  readonly #random: RandomStream;

  constructor(seed: number, index: number) {
    this.#random = new RandomStream(seed, scale, index);
  }

  chance(probability: number): boolean {
    return this.#random.nextUniform() < probability;
  }

  /** Both ends included. */
  integer(low: number, high: number): number {
    return low + Math.floor(this.#random.nextUniform() * (high - low + 1));
  }

  pick<T>(choices: readonly T[]): T {
    return choices[this.integer(0, choices.length - 1)]!;
  }

  digits(count: number): string {
    return Array.from({ length: count }, () => this.integer(0, 9)).join("");
  }

  letters(count: number, alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"): string {
    return Array.from({ length: count }, () => alphabet.charAt(this.integer(0, alphabet.length - 1))).join("");
  }

  /** Fills a form: `9` a digit, `1` a digit that is not 0, `A` a capital, `x` a hexadecimal digit; `\` keeps the next. */
  form(pattern: string): string {
    return pattern.replaceAll(/\\(.)|[91Ax]/g, (symbol, kept: string | undefined) => {
      if (kept !== undefined) return kept;
      if (symbol === "9") return this.digits(1);
      if (symbol === "1") return String(this.integer(1, 9));
      return symbol === "A" ? this.letters(1) : this.letters(1, "0123456789abcdef");
    });
  }

  normal(mean: number, deviation: number): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.#random.nextUniform()));
    return mean + deviation * radius * Math.cos(2 * Math.PI * this.#random.nextUniform());
  }
}
