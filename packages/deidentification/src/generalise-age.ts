import { osteonError } from "@osteon/errors";

/** Ages over 89 form one category, "90 or older": 45 CFR 164.514(b)(2)(i)(C). */
export const oldestAgeYears = 89;
export const pooledAgeYears = 90;

/**
 * A tenth of a year (five weeks). An age in days at a diagnosis whose date is known is a birth date; to a
 * tenth of a year it is not, and a tenth loses nothing that a survival model of 85 patients can see.
 * Coarser ages are for releases that need them.
 */
export const defaultAgePrecisionYears = 0.1;

const finestPrecisionYears = 1 / 12;
const coarsestPrecisionYears = 10;

export interface GeneralisedAges {
  readonly ageYears: Float64Array;
  readonly rounded: number;
  readonly pooled: number;
}

/**
 * Rounds ages to multiples of the precision and pools those over 89 to 90. Unknown ages (NaN) stay so.
 *
 * @param precisionYears 1/12 to 10
 * @throws deidentification.age-precision
 */
export function generaliseAges(ageYears: Float64Array, precisionYears: number): GeneralisedAges {
  if (!(precisionYears >= finestPrecisionYears && precisionYears <= coarsestPrecisionYears)) {
    const parameters = { minimum: finestPrecisionYears.toFixed(3), maximum: coarsestPrecisionYears };
    throw osteonError("deidentification.age-precision", parameters);
  }
  let rounded = 0;
  let pooled = 0;
  const result = ageYears.map((age) => {
    if (Number.isNaN(age)) return age;
    if (age > oldestAgeYears) {
      pooled++;
      return pooledAgeYears;
    }
    // Through a decimal string, or 19.9 would be stored as 19.900000000000002.
    const generalised = Number((Math.round(age / precisionYears) * precisionYears).toFixed(6));
    if (generalised !== age) rounded++;
    return Math.min(generalised, pooledAgeYears);
  });
  return { ageYears: result, rounded, pooled };
}
