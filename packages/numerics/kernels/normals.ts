// AssemblyScript. Philox 4×32-10 (Salmon et al. 2011), four counters side by side, and standard
// normals from its words by inversion (Acklam 2003, relative error under 1.2e-9).

const MULTIPLIER_0: u32 = 0xd2511f53;
const MULTIPLIER_1: u32 = 0xcd9e8d57;
const WEYL_0: u32 = 0x9e3779b9;
const WEYL_1: u32 = 0xbb67ae85;

/** Writes the 16 words of the counters block … block + 3, word-major, at `out`. */
function philoxBlocks(out: usize, block: u32, indexLow: u32, indexHigh: u32, stream: u32, key0: u32, key1: u32): void {
  let c0 = i32x4.add(i32x4.splat(block), i32x4(0, 1, 2, 3));
  let c1 = i32x4.splat(indexLow);
  let c2 = i32x4.splat(indexHigh);
  let c3 = i32x4.splat(stream);
  const m0 = i32x4.splat(MULTIPLIER_0);
  const m1 = i32x4.splat(MULTIPLIER_1);
  for (let round = 0; round < 10; round++) {
    const a = i64x2.extmul_low_i32x4_u(c0, m0);
    const b = i64x2.extmul_high_i32x4_u(c0, m0);
    const c = i64x2.extmul_low_i32x4_u(c2, m1);
    const d = i64x2.extmul_high_i32x4_u(c2, m1);
    const high0 = v128.shuffle<i32>(a, b, 1, 3, 5, 7);
    const low0 = v128.shuffle<i32>(a, b, 0, 2, 4, 6);
    const high1 = v128.shuffle<i32>(c, d, 1, 3, 5, 7);
    const low1 = v128.shuffle<i32>(c, d, 0, 2, 4, 6);
    c0 = v128.xor(v128.xor(high1, c1), i32x4.splat(key0));
    c1 = low1;
    c2 = v128.xor(v128.xor(high0, c3), i32x4.splat(key1));
    c3 = low0;
    key0 += WEYL_0;
    key1 += WEYL_1;
  }
  v128.store(out, c0);
  v128.store(out, c1, 16);
  v128.store(out, c2, 32);
  v128.store(out, c3, 48);
}

/**
 * Writes `count` (a multiple of 16) standard normals as singles at `out`. Within a group of 16 the
 * order is word-major: value 4 w + l comes from word w of counter l.
 */
export function fillNormals(
  out: usize,
  count: i32,
  indexLow: u32,
  indexHigh: u32,
  stream: u32,
  key0: u32,
  key1: u32,
): void {
  for (let i = 0; i < count; i += 16) {
    const at = out + ((<usize>i) << 2);
    philoxBlocks(at, <u32>(i >> 2), indexLow, indexHigh, stream, key0, key1);
    for (let l: usize = 0; l < 64; l += 4) {
      const uniform = (<f64>load<u32>(at + l) + 0.5) * 2.3283064365386963e-10;
      store<f32>(at + l, <f32>quantile(uniform));
    }
  }
}

/**
 * Writes `count` (a multiple of 16) singles at `out`: `value` where the word is at least `threshold`, else 0.
 * The words' order is that of the normals.
 */
export function fillDropoutMask(
  out: usize,
  count: i32,
  threshold: u32,
  value: f32,
  indexLow: u32,
  indexHigh: u32,
  stream: u32,
  key0: u32,
  key1: u32,
): void {
  const least = i32x4.splat(threshold);
  const value4 = f32x4.splat(value);
  for (let i = 0; i < count; i += 16) {
    const at = out + ((<usize>i) << 2);
    philoxBlocks(at, <u32>(i >> 2), indexLow, indexHigh, stream, key0, key1);
    for (let l: usize = 0; l < 64; l += 16) {
      v128.store(at + l, v128.and(i32x4.ge_u(v128.load(at + l), least), value4));
    }
  }
}

function quantile(p: f64): f64 {
  if (p < 0.02425) return tail(Math.sqrt(-2 * Math.log(p)));
  if (p > 0.97575) return -tail(Math.sqrt(-2 * Math.log(1 - p)));
  const q = p - 0.5;
  const r = q * q;
  return (
    ((((((-3.969683028665376e1 * r + 2.209460984245205e2) * r - 2.759285104469687e2) * r + 1.38357751867269e2) * r -
      3.066479806614716e1) *
      r +
      2.506628277459239) *
      q) /
    (((((-5.447609879822406e1 * r + 1.615858368580409e2) * r - 1.556989798598866e2) * r + 6.680131188771972e1) * r -
      1.328068155288572e1) *
      r +
      1)
  );
}

function tail(q: f64): f64 {
  return (
    (((((-7.784894002430293e-3 * q - 3.223964580411365e-1) * q - 2.400758277161838) * q - 2.549732539343734) * q +
      4.374664141464968) *
      q +
      2.938163982698783) /
    ((((7.784695709041462e-3 * q + 3.224671290700398e-1) * q + 2.445134137142996) * q + 3.754408661907416) * q + 1)
  );
}
