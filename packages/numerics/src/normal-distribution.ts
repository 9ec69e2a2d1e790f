/**
 * Standard normal quantile, relative error under 1.2e-9 before and 1e-14 after one Halley step.
 * Source: P. J. Acklam's rational approximation (2003), refined with {@link normalCdf}.
 * Returns ±Infinity at 0 and 1.
 */
export function normalQuantile(p: number): number {
  if (!(p > 0)) return p === 0 ? -Infinity : NaN;
  if (!(p < 1)) return p === 1 ? Infinity : NaN;
  const x = approximateQuantile(p);
  // Halley's step; at the end of the doubles' range the density has no digits left to divide by.
  const density = Math.exp((-x * x) / 2) / sqrt2Pi;
  if (density < 1e-305) return x;
  const error = (x > 0 ? -(normalSurvival(x) - (1 - p)) : normalCdf(x) - p) / density;
  return x - error / (1 + (x * error) / 2);
}

const sqrt2Pi = Math.sqrt(2 * Math.PI);
const a = [
  -3.969683028665376e1, 2.209460984245205e2, -2.759285104469687e2, 1.38357751867269e2, -3.066479806614716e1,
  2.506628277459239,
] as const;
const b = [
  -5.447609879822406e1, 1.615858368580409e2, -1.556989798598866e2, 6.680131188771972e1, -1.328068155288572e1,
] as const;
const c = [
  -7.784894002430293e-3, -3.223964580411365e-1, -2.400758277161838, -2.549732539343734, 4.374664141464968,
  2.938163982698783,
] as const;
const d = [7.784695709041462e-3, 3.224671290700398e-1, 2.445134137142996, 3.754408661907416] as const;

function approximateQuantile(p: number): number {
  if (p < 0.02425) {
    const q = Math.sqrt(-2 * Math.log(p));
    return tail(q);
  }
  if (p > 1 - 0.02425) {
    const q = Math.sqrt(-2 * Math.log(1 - p));
    return -tail(q);
  }
  const q = p - 0.5;
  const r = q * q;
  return (
    ((((((a[0] * r + a[1]) * r + a[2]) * r + a[3]) * r + a[4]) * r + a[5]) * q) /
    (((((b[0] * r + b[1]) * r + b[2]) * r + b[3]) * r + b[4]) * r + 1)
  );
}

function tail(q: number): number {
  return (
    (((((c[0] * q + c[1]) * q + c[2]) * q + c[3]) * q + c[4]) * q + c[5]) /
    ((((d[0] * q + d[1]) * q + d[2]) * q + d[3]) * q + 1)
  );
}

/** Standard normal density. */
export function normalDensity(x: number): number {
  return Math.exp((-x * x) / 2) / sqrt2Pi;
}

/** P(Z ≤ x), relative error under 1e-14 in both tails; 0 below −38. */
export function normalCdf(x: number): number {
  return x < 0 ? upperTail(-x) : 1 - upperTail(x);
}

/** P(Z > x), accurate in the far tail where 1 − cdf is not. */
export function normalSurvival(x: number): number {
  return x > 0 ? upperTail(x) : 1 - upperTail(-x);
}

/**
 * P(Z > x) for x ≥ 0, by rational approximations on three intervals.
 * Source: W. J. Cody, "Algorithm 715: SPECFUN", ACM TOMS 1993 (ANORM).
 */
function upperTail(x: number): number {
  if (x > 38) return 0;
  if (x <= 0.67448975) {
    const square = x * x;
    let numerator = central.numerator[4] * square;
    let denominator = square;
    for (let i = 0; i < 3; i++) {
      numerator = (numerator + central.numerator[i]!) * square;
      denominator = (denominator + central.denominator[i]!) * square;
    }
    return 0.5 - (x * (numerator + central.numerator[3])) / (denominator + central.denominator[3]);
  }
  if (x <= Math.sqrt(32)) {
    let numerator = middle.numerator[8] * x;
    let denominator = x;
    for (let i = 0; i < 7; i++) {
      numerator = (numerator + middle.numerator[i]!) * x;
      denominator = (denominator + middle.denominator[i]!) * x;
    }
    return (gaussian(x) * (numerator + middle.numerator[7])) / (denominator + middle.denominator[7]);
  }
  const inverse = 1 / (x * x);
  let numerator = outer.numerator[5] * inverse;
  let denominator = inverse;
  for (let i = 0; i < 4; i++) {
    numerator = (numerator + outer.numerator[i]!) * inverse;
    denominator = (denominator + outer.denominator[i]!) * inverse;
  }
  const ratio = (inverse * (numerator + outer.numerator[4])) / (denominator + outer.denominator[4]);
  return (gaussian(x) * (1 / sqrt2Pi - ratio)) / x;
}

/** exp(−x²/2), with x² split so that its rounding is not multiplied in the exponent. */
function gaussian(x: number): number {
  const rough = Math.trunc(x * 16) / 16;
  return Math.exp(-rough * rough * 0.5) * Math.exp(-(x - rough) * (x + rough) * 0.5);
}

const central = {
  numerator: [
    2.2352520354606839287, 161.02823106855587881, 1067.6894854603709582, 18154.981253343561249, 0.065682337918207449113,
  ],
  denominator: [47.20258190468824187, 976.09855173777669322, 10260.932208618978205, 45507.789335026729956],
} as const;
const middle = {
  numerator: [
    0.39894151208813466764, 8.8831497943883759412, 93.506656132177855979, 597.27027639480026226, 2494.5375852903726711,
    6848.1904505362823326, 11602.651437647350124, 9842.7148383839780218, 1.0765576773720192317e-8,
  ],
  denominator: [
    22.266688044328115691, 235.38790178262499861, 1519.377599407554805, 6485.558298266760755, 18615.571640885098091,
    34900.952721145977266, 38912.003286093271411, 19685.429676859990727,
  ],
} as const;
const outer = {
  numerator: [
    0.21589853405795699, 0.1274011611602473639, 0.022235277870649807, 0.001421619193227893466, 2.9112874951168792e-5,
    0.02307344176494017303,
  ],
  denominator: [
    1.28426009614491121, 0.468238212480865118, 0.0659881378689285515, 0.00378239633202758244, 7.29751555083966205e-5,
  ],
} as const;
