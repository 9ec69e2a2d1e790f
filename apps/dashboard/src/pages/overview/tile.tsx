import type { ReactNode } from "react";

interface TileProps {
  readonly title: string;
  readonly value: ReactNode;
  readonly tone?: "good" | "bad" | "open";
  readonly children?: ReactNode;
}

/** One answer at a glance. */
export function Tile({ title, value, tone, children }: TileProps) {
  return (
    <section className={`tile ${tone ?? ""}`}>
      <h2>{title}</h2>
      <div className="value">{value}</div>
      {children !== undefined && <p>{children}</p>}
    </section>
  );
}
