import type { ReactNode } from "react";

/** What scrolls sideways by itself, also with the keyboard, where the screen is narrow. */
export function ScrollRegion({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className="scroll" role="region" aria-label={label} tabIndex={0}>
      {children}
    </div>
  );
}
