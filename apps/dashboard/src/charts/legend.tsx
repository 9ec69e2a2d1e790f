import type { ReactNode } from "react";

export interface LegendEntry {
  readonly name: string;
  /** Drawn in 22 × 12. */
  readonly mark: ReactNode;
}

export function Legend({ entries }: { readonly entries: readonly LegendEntry[] }) {
  return (
    <ul className="legend">
      {entries.map(({ name, mark }) => (
        <li key={name}>
          <svg viewBox="0 0 22 12" aria-hidden="true">
            {mark}
          </svg>
          {name}
        </li>
      ))}
    </ul>
  );
}

export const lineMark = (kind: string): ReactNode => <path className={`line ${kind}`} d="M0 6H22" />;
export const boxMark = (kind: string): ReactNode => <rect className={kind} x="3" y="0" width="16" height="12" />;
export const dotMark = (kind: string): ReactNode => <circle className={`dot ${kind}`} cx="11" cy="6" r="4.5" />;
