import type { ReactNode } from "react";

/** A page, or a part of one, with nothing to show yet: what is so, why, and what to do about it. */
export function StatePage({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className="state">
      <svg viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.5" aria-hidden="true">
        <circle cx="12" cy="12" r="9" strokeDasharray="3 3" />
        <path d="M12 8v5M12 16.2v.1" strokeLinecap="round" strokeWidth="2" />
      </svg>
      <h2>{title}</h2>
      {children}
    </section>
  );
}
