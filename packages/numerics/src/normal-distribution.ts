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
  -39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269, -30.66479806614716, 2.506628277459239,
] as const;
const b = [-54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572] as const;
const c = [
  -0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734, 4.374664141464968,
  2.938163982698783,
] as const;
const d = [0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416] as const;

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
  numerator: [2.2352520354606837, 161.02823106855587, 1067.6894854603709, 18154.98125334356, 0.06568233791820745],
  denominator: [47.202581904688245, 976.0985517377767, 10260.932208618979, 45507.78933502673],
} as const;
const middle = {
  numerator: [
    0.39894151208813466, 8.883149794388377, 93.50665613217785, 597.2702763948002, 2494.5375852903726, 6848.190450536283,
    11602.65143764735, 9842.714838383978, 1.0765576773720192e-8,
  ],
  denominator: [
    22.266688044328117, 235.387901782625, 1519.3775994075547, 6485.558298266761, 18615.571640885097, 34900.95272114598,
    38912.00328609327, 19685.429676859992,
  ],
} as const;
const outer = {
  numerator: [
    0.215898534057957, 0.12740116116024736, 0.022235277870649807, 0.0014216191932278934, 0.000029112874951168793,
    0.023073441764940174,
  ],
  denominator: [
    1.284260096144911, 0.4682382124808651, 0.06598813786892856, 0.0037823963320275824, 0.00007297515550839662,
  ],
} as const;
