/** What a figure says to a reader who gives it one line, and what there is to add. */
export interface Reading {
  readonly line: string;
  /** Empty where the line says all. */
  readonly detail: string;
}

/** Both as one text. */
export function sayInFull({ line, detail }: Reading): string {
  return detail === "" ? line : `${line} ${detail}`;
}
