/** The checks of `npm run security`, in the order in which they are told. */
export const checkNames = [
  "dependencies",
  "signatures",
  "secrets",
  "code",
  "regular-expressions",
  "licences",
  "software-bill",
  "lock-file",
] as const;

export type CheckName = (typeof checkNames)[number];

/** Something that somebody has to mend or to give a reason for. */
export interface Finding {
  readonly check: CheckName;
  /** Stays the same while the finding does: no line numbers, no counts. Acceptances name it. */
  readonly id: string;
  /** One sentence for whoever has to judge it. Never holds a secret. */
  readonly says: string;
  /** Where it is, for a person: file and line, or a path through the dependencies. */
  readonly where?: string;
}

/** What a check found out, or why it could not: that is not the same as nothing found. */
export type CheckResult =
  | { readonly check: CheckName; readonly looked: string; readonly findings: readonly Finding[] }
  | { readonly check: CheckName; readonly notChecked: string };
