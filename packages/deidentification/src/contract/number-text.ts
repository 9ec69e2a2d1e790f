const numberPattern = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;

/** Whether a trimmed cell is a number as files write one: digits, with or without a point and an exponent. */
export function isNumberText(text: string): boolean {
  return numberPattern.test(text);
}
