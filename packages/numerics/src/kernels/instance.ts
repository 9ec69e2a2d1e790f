import { kernelsBase64 } from "./binary.ts";

/** The compiled kernels of packages/numerics/kernels; pointers are byte offsets into `memory`. */
export interface KernelFunctions {
  readonly memory: WebAssembly.Memory;
  productF64(a: number, b: number, c: number, rows: number, inner: number, columns: number): void;
  rowProductF32(x: number, b: number, y: number, inner: number, columns: number): void;
  fillNormals(
    out: number,
    count: number,
    indexLow: number,
    indexHigh: number,
    stream: number,
    seedLow: number,
    seedHigh: number,
  ): void;
  fillDropoutMask(
    out: number,
    count: number,
    threshold: number,
    value: number,
    indexLow: number,
    indexHigh: number,
    stream: number,
    seedLow: number,
    seedHigh: number,
  ): void;
  sumOfSquares(x: number, count: number): number;
  stepAdamW(
    weights: number,
    gradients: number,
    firstMoments: number,
    secondMoments: number,
    average: number,
    count: number,
    gradientScale: number,
    beta1: number,
    beta2: number,
    keptWeight: number,
    stepSize: number,
    inverseRoot: number,
    epsilon: number,
    averageShare: number,
  ): void;
  applyQuantileTables(
    latent: number,
    noise: number,
    scale: number,
    table: number,
    out: number,
    variables: number,
    knots: number,
    firstLevel: number,
    step: number,
  ): void;
}

const pageBytes = 65_536;
const module = new WebAssembly.Module(Uint8Array.from(atob(kernelsBase64), (character) => character.charCodeAt(0)));

/**
 * One instance of the kernels with a memory of its own. Reserve all areas first: a later reservation
 * may grow the memory, which detaches the views taken before it.
 */
export class Kernels {
  readonly functions: KernelFunctions;
  // The first page is left to the compiler's constants.
  #next = pageBytes;

  constructor() {
    this.functions = new WebAssembly.Instance(module, {
      env: { abort: () => {} },
    }).exports as unknown as KernelFunctions;
  }

  /** Reserves `bytes` of zeroed memory at a multiple of 64 and returns its pointer. */
  reserve(bytes: number): number {
    const pointer = this.#next;
    this.#next += Math.ceil(bytes / 64) * 64;
    const missing = this.#next - this.functions.memory.buffer.byteLength;
    if (missing > 0) this.functions.memory.grow(Math.ceil(missing / pageBytes));
    return pointer;
  }

  singles(pointer: number, length: number): Float32Array {
    return new Float32Array(this.functions.memory.buffer, pointer, length);
  }

  doubles(pointer: number, length: number): Float64Array {
    return new Float64Array(this.functions.memory.buffer, pointer, length);
  }
}
