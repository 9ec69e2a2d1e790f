/** One thing that Osteon claims of itself, with the figure seen and what is allowed. */
export interface Statement {
  readonly claim: string;
  readonly seen: string;
  readonly allowed: string;
  readonly holds: boolean;
}
