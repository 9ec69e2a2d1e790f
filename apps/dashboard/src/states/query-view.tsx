import type { ReactNode } from "react";
import { FaultPage } from "./fault-page.tsx";

interface QueryViewProps<T> {
  readonly query: {
    readonly data: T | undefined;
    readonly isError: boolean;
    readonly error: unknown;
    readonly refetch: () => unknown;
  };
  readonly children: (data: T) => ReactNode;
}

/** What was asked for once it is there; what was there before, while it is asked for again. */
export function QueryView<T>({ query, children }: QueryViewProps<T>) {
  if (query.data !== undefined) return children(query.data);
  if (query.isError) return <FaultPage error={query.error} retry={() => void query.refetch()} />;
  return <div className="skeleton" role="status" aria-label="Loading" />;
}
