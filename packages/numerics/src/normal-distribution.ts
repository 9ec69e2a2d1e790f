/**
 * Standard normal quantile, relative error under 1.2e-9 before and 1e-15 after one Halley step.
 * Source: P. J. Acklam's rational approximation (2003), refined with {@link normalCdf}.
 * Returns ±Infinity at 0 and 1.
 */
export function normalQuantile(p: number): number {
  if (!(p > 0)) return p === 0 ? -Infinity : NaN;
  if (!(p < 1)) return p === 1 ? Infinity : NaN;
  const x = approximateQuantile(p);
  // Halley's step; in the tails the density underflows before the approximation loses its digits.
  const density = Math.exp((-x * x) / 2) / sqrt2Pi;
  if (density < 1e-290) return x;
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

/** P(Z ≤ x), relative error about 1e-15 in both tails. */
export function normalCdf(x: number): number {
  return x < 0 ? upperTail(-x) : 1 - upperTail(x);
}

/** P(Z > x), accurate in the far tail where 1 − cdf is not. */
export function normalSurvival(x: number): number {
  return x > 0 ? upperTail(x) : 1 - upperTail(-x);
}

/**
 * P(Z > x) for x ≥ 0. Source: Hart et al. 1968, algorithm 5666, as given by G. West,
 * "Better approximations to cumulative normal functions", Wilmott 2005.
 */
function upperTail(x: number): number {
  if (x > 38) return 0;
  const exponential = Math.exp((-x * x) / 2);
  if (x < 7.07106781186547) {
    const numerator =
      (((((3.52624965998911e-2 * x + 0.700383064443688) * x + 6.37396220353165) * x + 33.912866078383) * x +
        112.079291497871) *
        x +
        221.213596169931) *
        x +
      220.206867912376;
    const denominator =
      ((((((8.83883476483184e-2 * x + 1.75566716318264) * x + 16.064177579207) * x + 86.7807322029461) * x +
        296.564248779674) *
        x +
        637.333633378831) *
        x +
        793.826512519948) *
        x +
      440.413735824752;
    return (exponential * numerator) / denominator;
  }
  const fraction = x + 1 / (x + 2 / (x + 3 / (x + 4 / (x + 0.65))));
  return exponential / fraction / 2.506628274631;
}
