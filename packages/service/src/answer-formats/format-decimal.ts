const zero = 48;
const point = 46;
const minus = 45;
const nullBytes = [110, 117, 108, 108] as const;

/** Most bytes that {@link writeDecimal4} or {@link writeCode} writes for one value. */
export const maximumNumberBytes = 28;

/** Decimals 0 … 9,999 as four digits each, and how many of these are left without trailing zeros. */
const fractionDigits = new Uint8Array(4 * 10_000);
const fractionLengths = new Uint8Array(10_000);
for (let fraction = 0; fraction < 10_000; fraction++) {
  const text = String(fraction).padStart(4, "0");
  writeText(fractionDigits, 4 * fraction, text);
  let length = 4;
  while (text[length - 1] === "0") length--;
  fractionLengths[fraction] = length;
}

/** Above this the scaled magnitude no longer fits 31 bits. */
const fastLimit = 200_000;

/**
 * Writes a float32 value as a JSON number of at most four decimals, without trailing zeros, or `null`
 * where it is not finite; what `String(Number(value.toFixed(4)))` writes, and 0 for −0.
 *
 * A float32 times 10⁴ is exact in float64 (24 + 10 significant bits), so that adding a half and
 * truncating rounds as `toFixed` does. Bytes after the last, up to {@link maximumNumberBytes}, may be written to.
 *
 * @returns the position after the last byte
 */
export function writeDecimal4(bytes: Uint8Array, start: number, value: number): number {
  let at = start;
  if (value - value !== 0) {
    return writeNull(bytes, at);
  }
  const magnitude = value < 0 ? -value : value;
  if (magnitude >= fastLimit) {
    return writeText(bytes, at, String(Number(value.toFixed(4))));
  }
  const scaled = (magnitude * 10_000 + 0.5) | 0;
  if (scaled === 0) {
    bytes[at++] = zero;
    return at;
  }
  if (value < 0) {
    bytes[at++] = minus;
  }
  const whole = (scaled / 10_000) | 0;
  const fraction = scaled - whole * 10_000;
  at = writeWhole(bytes, at, whole);
  if (fraction === 0) {
    return at;
  }
  bytes[at++] = point;
  // All four, of which the trailing zeros are written over by what follows: quicker than to ask how many.
  const digits = 4 * fraction;
  bytes[at] = fractionDigits[digits]!;
  bytes[at + 1] = fractionDigits[digits + 1]!;
  bytes[at + 2] = fractionDigits[digits + 2]!;
  bytes[at + 3] = fractionDigits[digits + 3]!;
  return at + fractionLengths[fraction]!;
}

/** Writes a small integer code, or `null` for the code that stands for unknown. */
export function writeCode(bytes: Uint8Array, start: number, code: number, unknown: number): number {
  if (code === unknown) {
    return writeNull(bytes, start);
  }
  let at = start;
  if (code < 0) {
    bytes[at++] = minus;
  }
  return writeWhole(bytes, at, Math.abs(code));
}

function writeWhole(bytes: Uint8Array, start: number, whole: number): number {
  if (whole < 10) {
    bytes[start] = zero + whole;
    return start + 1;
  }
  const higher = (whole / 10) | 0;
  const at = writeWhole(bytes, start, higher);
  bytes[at] = zero + (whole - higher * 10);
  return at + 1;
}

function writeNull(bytes: Uint8Array, start: number): number {
  bytes[start] = nullBytes[0];
  bytes[start + 1] = nullBytes[1];
  bytes[start + 2] = nullBytes[2];
  bytes[start + 3] = nullBytes[3];
  return start + 4;
}

function writeText(bytes: Uint8Array, start: number, text: string): number {
  for (let i = 0; i < text.length; i++) {
    bytes[start + i] = text.charCodeAt(i);
  }
  return start + text.length;
}
