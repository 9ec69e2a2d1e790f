import { Component, type ReactNode } from "react";
import { FaultPage } from "./fault-page.tsx";

interface Props {
  readonly children: ReactNode;
}

/** Keeps a fault in one page from taking the navigation with it. */
export class ErrorBoundary extends Component<Props, { readonly error: unknown }> {
  override readonly state: { readonly error: unknown } = { error: null };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override render(): ReactNode {
    const { error } = this.state;
    return error === null ? (
      this.props.children
    ) : (
      <FaultPage error={error} retry={() => this.setState({ error: null })} />
    );
  }
}
