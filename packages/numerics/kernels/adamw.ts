// AssemblyScript. One step of AdamW over singles in place, and the norm that clipping needs.

/** Sum of squares of `count` (a multiple of 8) singles, in doubles. */
export function sumOfSquares(x: usize, count: i32): f64 {
  let s0 = f64x2.splat(0);
  let s1 = f64x2.splat(0);
  let s2 = f64x2.splat(0);
  let s3 = f64x2.splat(0);
  const end = x + ((<usize>count) << 2);
  for (let at = x; at < end; at += 32) {
    const a = v128.load(at);
    const b = v128.load(at, 16);
    const a0 = f64x2.promote_low_f32x4(a);
    const a1 = f64x2.promote_low_f32x4(v128.shuffle<i32>(a, a, 2, 3, 2, 3));
    const b0 = f64x2.promote_low_f32x4(b);
    const b1 = f64x2.promote_low_f32x4(v128.shuffle<i32>(b, b, 2, 3, 2, 3));
    s0 = f64x2.add(s0, f64x2.mul(a0, a0));
    s1 = f64x2.add(s1, f64x2.mul(a1, a1));
    s2 = f64x2.add(s2, f64x2.mul(b0, b0));
    s3 = f64x2.add(s3, f64x2.mul(b1, b1));
  }
  const s = f64x2.add(f64x2.add(s0, s1), f64x2.add(s2, s3));
  return f64x2.extract_lane(s, 0) + f64x2.extract_lane(s, 1);
}

/**
 * With g = gradientScale · gradient:
 *   m ← β₁ m + (1 − β₁) g,  v ← β₂ v + (1 − β₂) g²,
 *   w ← keptWeight · w − stepSize · m / (√v · inverseRoot + ε),  a ← a + averageShare · (w − a).
 * Loshchilov & Hutter 2019, algorithm 2, with both bias corrections in stepSize and inverseRoot.
 *
 * @param count a multiple of 4
 * @param average exponential moving average of the weights
 */
export function stepAdamW(
  weights: usize,
  gradients: usize,
  firstMoments: usize,
  secondMoments: usize,
  average: usize,
  count: i32,
  gradientScale: f32,
  beta1: f32,
  beta2: f32,
  keptWeight: f32,
  stepSize: f32,
  inverseRoot: f32,
  epsilon: f32,
  averageShare: f32,
): void {
  const scale4 = f32x4.splat(gradientScale);
  const b1 = f32x4.splat(beta1);
  const c1 = f32x4.splat(1 - beta1);
  const b2 = f32x4.splat(beta2);
  const c2 = f32x4.splat(1 - beta2);
  const kept4 = f32x4.splat(keptWeight);
  const step4 = f32x4.splat(stepSize);
  const root4 = f32x4.splat(inverseRoot);
  const epsilon4 = f32x4.splat(epsilon);
  const share4 = f32x4.splat(averageShare);
  const end = (<usize>count) << 2;
  for (let k: usize = 0; k < end; k += 16) {
    const g = f32x4.mul(v128.load(gradients + k), scale4);
    const m = f32x4.add(f32x4.mul(v128.load(firstMoments + k), b1), f32x4.mul(g, c1));
    const v = f32x4.add(f32x4.mul(v128.load(secondMoments + k), b2), f32x4.mul(f32x4.mul(g, g), c2));
    v128.store(firstMoments + k, m);
    v128.store(secondMoments + k, v);
    const denominator = f32x4.add(f32x4.mul(f32x4.sqrt(v), root4), epsilon4);
    const w = f32x4.sub(f32x4.mul(v128.load(weights + k), kept4), f32x4.mul(step4, f32x4.div(m, denominator)));
    v128.store(weights + k, w);
    const a = v128.load(average + k);
    v128.store(average + k, f32x4.add(a, f32x4.mul(share4, f32x4.sub(w, a))));
  }
}
