import type { Weights } from "../onnx/encode-graph.ts";

/** The best validation loss so far and the weights that reached it. */
export class EarlyStopping {
  bestLoss = Infinity;
  bestEpoch = -1;
  bestWeights: Record<string, Float32Array> = {};
  readonly #patience: number;
  readonly #leastGain: number;

  /**
   * @param patience epochs without a gain after which to stop
   * @param leastGain share of the best loss by which a lower one must differ to count
   */
  constructor(patience: number, leastGain: number) {
    this.#patience = patience;
    this.#leastGain = leastGain;
  }

  /** Takes the loss after an epoch; copies the weights where they are the best. */
  observe(epoch: number, loss: number, weights: Weights): void {
    const gained = this.bestEpoch < 0 || loss < this.bestLoss - this.#leastGain * Math.abs(this.bestLoss);
    if (!gained) return;
    this.bestLoss = loss;
    this.bestEpoch = epoch;
    this.bestWeights = Object.fromEntries(Object.entries(weights).map(([name, values]) => [name, values.slice()]));
  }

  /** Whether training should end after `epoch`. */
  isOver(epoch: number): boolean {
    return epoch - this.bestEpoch >= this.#patience;
  }
}
