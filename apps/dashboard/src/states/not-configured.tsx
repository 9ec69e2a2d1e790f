import { StatePage } from "./state-page.tsx";

interface NotConfiguredProps {
  readonly title: string;
  /** What the part does, and how it is switched on. */
  readonly children: string;
}

/** In place of a part that this service does not have. */
export function NotConfigured({ title, children }: NotConfiguredProps) {
  return (
    <StatePage title={title}>
      <p>{children}</p>
      <p className="soft small">Nothing is wrong: this part of Osteon is not configured on this service.</p>
    </StatePage>
  );
}
