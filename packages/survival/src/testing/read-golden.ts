import { readFileSync } from "node:fs";

/** Reference values, written by the script `<name>-golden.R` beside them. */
export function readGolden(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`../../golden/${name}-golden.json`, import.meta.url), "utf8"));
}
