/** Pathway scores, row-major: patient i, set j is `values[i * names.length + j]`; NaN where unscored. */
export interface PathwayTable {
  readonly names: readonly string[];
  readonly values: Float32Array;
}
