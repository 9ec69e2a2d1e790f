import { osteonError } from "@osteon/errors";

/**
 * Tells by some cells that hold numbers whether they have a decimal point or comma. 1,234 may be a thousand or a
 * little more than one, so where every number with a comma looks like that, and none has a point, it has to be stated.
 *
 * @throws files.decimal
 */
export function detectDecimal(cells: Iterable<string>, file: string): "." | "," {
  let points = 0;
  let commas = 0;
  let grouped = 0;
  for (const cell of cells) {
    const text = cell.trim();
    if (/^[+-]?\d*\.\d+(?:[eE][+-]?\d+)?$/.test(text)) points++;
    else if (/^[+-]?\d*,\d+(?:[eE][+-]?\d+)?$/.test(text)) {
      commas++;
      if (/^[+-]?[1-9]\d{0,2},\d{3}$/.test(text)) grouped++;
    }
  }
  if (commas === 0) return ".";
  if (points > 0) throw osteonError("files.decimal", { file, reason: "some numbers have a point and some a comma" });
  if (grouped === commas) throw osteonError("files.decimal", { file, reason: "commas may be decimal or of thousands" });
  return ",";
}
