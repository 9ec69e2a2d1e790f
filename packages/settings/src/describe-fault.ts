import { z } from "zod";
import { describeAllowed, keysAt, schemaAt, type SchemaAndValue } from "./schema-at.ts";

type Path = readonly PropertyKey[];

/** Says where a key stands: its dotted name with line and column. */
export type PlaceOf = (path: Path) => string;

/** What is wrong with a key, in sentences that name the key and what it takes, never what was given. */
export function describeIssue(issue: z.core.$ZodIssue, whole: SchemaAndValue, placeOf: PlaceOf): readonly string[] {
  if (issue.code === "unrecognized_keys") {
    const known = keysAt(issue.path, whole) ?? [];
    return issue.keys.map((key) => `${placeOf([...issue.path, key])}: no such key; ${suggest(key, known)}`);
  }
  if (issue.code === "invalid_key") {
    return [`${placeOf(issue.path)}: the name ${issue.issues[0]?.message ?? "is not allowed"}`];
  }
  // A rule that no schema tells by itself.
  if (issue.code === "custom") return [`${placeOf(issue.path)}: ${issue.message}`];
  const schema = schemaAt(issue.path, whole);
  const allowed = schema ? `must be ${describeAllowed(schema)}` : issue.message;
  return [`${placeOf(issue.path)}: ${allowed}`];
}

/** The nearest known name where a slip of the finger is likely, else all of them. */
function suggest(name: string, known: readonly string[]): string {
  const distances = known.map((candidate) => ({ candidate, distance: editDistance(name.toLowerCase(), candidate) }));
  const nearest = distances.toSorted((a, b) => a.distance - b.distance)[0];
  return nearest && nearest.distance <= Math.max(2, name.length / 4)
    ? `did you mean ${nearest.candidate}?`
    : `there are ${known.join(", ")}`;
}

/** Levenshtein's distance: fewest letters to insert, delete or replace. */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      row[j] = Math.min(previous[j]! + 1, row[j - 1]! + 1, previous[j - 1]! + Number(a[i - 1] !== b[j - 1]));
    }
    previous = row;
  }
  return previous[b.length]!;
}
