const digitBits = 11;
const digits = 1 << digitBits;
const digitMask = digits - 1;
const signBit = 0x80000000;

/** Ranks the measured genes of one sample; see {@link createSampleRanker}. */
export interface SampleRanker {
  /** Average rank of 1 … measured count by gene, 0 where not measured; overwritten by the next call. */
  readonly ranks: Float64Array;
  /** @returns the number of measured genes, those that are not NaN */
  rank(values: Float32Array): number;
}

/**
 * A ranker for samples of `geneCount` genes. Floats become unsigned integers of the same order (Herf's
 * sign flip), which three stable passes of a radix sort put in order with the gene's index beside.
 * Nothing is allocated after creation: this runs once for each patient that is generated.
 */
export function createSampleRanker(geneCount: number): SampleRanker {
  const ranks = new Float64Array(geneCount);
  const bits = new Uint32Array(geneCount);
  const floats = new Float32Array(bits.buffer);
  const keys = [new Uint32Array(geneCount), new Uint32Array(geneCount)] as const;
  const genes = [new Uint32Array(geneCount), new Uint32Array(geneCount)] as const;
  const starts = [new Uint32Array(digits), new Uint32Array(digits), new Uint32Array(digits)] as const;

  function load(values: Float32Array): number {
    const [low, middle, high] = starts;
    low.fill(0);
    middle.fill(0);
    high.fill(0);
    // Adding 0 turns −0 into +0, which must tie with it.
    for (let gene = 0; gene < geneCount; gene++) floats[gene] = values[gene]! + 0;
    const [firstKeys] = keys;
    const [firstGenes] = genes;
    let count = 0;
    for (let gene = 0; gene < geneCount; gene++) {
      const word = bits[gene]!;
      if ((word & 0x7fffffff) > 0x7f800000) {
        ranks[gene] = 0;
        continue;
      }
      const key = (word & signBit) === 0 ? (word | signBit) >>> 0 : ~word >>> 0;
      firstKeys[count] = key;
      firstGenes[count++] = gene;
      low[key & digitMask]!++;
      middle[(key >>> digitBits) & digitMask]!++;
      high[key >>> (2 * digitBits)]!++;
    }
    return count;
  }

  function scatter(pass: number, count: number): void {
    const from = pass & 1;
    const fromKeys = keys[from === 0 ? 0 : 1];
    const fromGenes = genes[from === 0 ? 0 : 1];
    const toKeys = keys[from === 0 ? 1 : 0];
    const toGenes = genes[from === 0 ? 1 : 0];
    const next = pass === 0 ? starts[0] : pass === 1 ? starts[1] : starts[2];
    let total = 0;
    for (let digit = 0; digit < digits; digit++) {
      const size = next[digit]!;
      next[digit] = total;
      total += size;
    }
    const shift = pass * digitBits;
    for (let k = 0; k < count; k++) {
      const key = fromKeys[k]!;
      const place = next[(key >>> shift) & digitMask]!++;
      toKeys[place] = key;
      toGenes[place] = fromGenes[k]!;
    }
  }

  function rank(values: Float32Array): number {
    const count = load(values);
    for (let pass = 0; pass < 3; pass++) scatter(pass, count);
    const sortedKeys = keys[1];
    const sortedGenes = genes[1];
    for (let start = 0; start < count;) {
      const key = sortedKeys[start]!;
      let end = start + 1;
      while (end < count && sortedKeys[end] === key) end++;
      const shared = (start + 1 + end) / 2;
      for (let place = start; place < end; place++) ranks[sortedGenes[place]!] = shared;
      start = end;
    }
    return count;
  }

  return { ranks, rank };
}
