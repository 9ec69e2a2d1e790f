import { useQuery, useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useEffect, useRef, useState, type ReactNode } from "react";
import { Route, Router, Switch, useLocation } from "wouter";
import { OverviewPage } from "./pages/overview/overview-page.tsx";
import { sessionQuery } from "./service/session.ts";
import { Navigation } from "./shell/navigation.tsx";
import { SessionProvider } from "./shell/session-context.tsx";
import { SignIn } from "./shell/sign-in.tsx";
import { ErrorBoundary } from "./states/error-boundary.tsx";
import { FaultPage } from "./states/fault-page.tsx";
import { StatePage } from "./states/state-page.tsx";

const ModelsPage = lazy(async () => ({ default: (await import("./pages/models/models-page.tsx")).ModelsPage }));
const ModelPage = lazy(async () => ({ default: (await import("./pages/models/model-page.tsx")).ModelPage }));
const DriftPage = lazy(async () => ({ default: (await import("./pages/drift/drift-page.tsx")).DriftPage }));
const UsagePage = lazy(async () => ({ default: (await import("./pages/usage/usage-page.tsx")).UsagePage }));
const ExplorePage = lazy(async () => ({ default: (await import("./pages/explore/explore-page.tsx")).ExplorePage }));
const AuditPage = lazy(async () => ({ default: (await import("./pages/audit/audit-page.tsx")).AuditPage }));

/** Signs in where nobody is, and then shows the pages. */
export function Application() {
  const session = useQuery(sessionQuery);
  const [wasSignedIn, setSignedIn] = useState(false);
  // Signing out loads the document anew, so only a session that ended by itself is remembered.
  if (!wasSignedIn && typeof session.data?.principal === "string") setSignedIn(true);
  if (session.data === undefined) {
    if (!session.isError) return <div className="first-paint">Loading …</div>;
    return (
      <main className="sign-in">
        <FaultPage error={session.error} retry={() => void session.refetch()} />
      </main>
    );
  }
  if (session.data.principal === null) return <SignIn hasEnded={wasSignedIn} />;
  return (
    <SessionProvider session={session.data}>
      <Router base="/app">
        <Frame>
          <Switch>
            <Route path="/" component={OverviewPage} />
            <Route path="/models" component={ModelsPage} />
            <Route path="/models/:version">{({ version }) => <ModelPage key={version} version={version} />}</Route>
            <Route path="/drift" component={DriftPage} />
            <Route path="/usage" component={UsagePage} />
            <Route path="/explore" component={ExplorePage} />
            <Route path="/audit" component={AuditPage} />
            <Route>
              <StatePage title="There is no such page">
                <p>The address may be mistyped, or of another version of Osteon.</p>
                <a className="button" href="/app/">
                  To the overview
                </a>
              </StatePage>
            </Route>
          </Switch>
        </Frame>
      </Router>
    </SessionProvider>
  );
}

/** Navigation beside the page; a page that is gone to takes the focus, so that a screen reader begins there. */
function Frame({ children }: { readonly children: ReactNode }) {
  const [location] = useLocation();
  const main = useRef<HTMLElement>(null);
  const queries = useQueryClient();
  const first = useRef(true);
  useEffect(() => {
    if (!first.current) {
      main.current?.focus();
      // What the page shows may be known already, so that nothing else would tell that the session has ended meanwhile.
      void queries.invalidateQueries({ queryKey: sessionQuery.queryKey });
    }
    first.current = false;
  }, [location, queries]);
  return (
    <div className="shell">
      <a className="skip" href="#page">
        Skip to the page
      </a>
      <Navigation />
      <main id="page" className="page" ref={main} tabIndex={-1}>
        <ErrorBoundary key={location}>
          <Suspense fallback={<div className="skeleton" role="status" aria-label="Loading" />}>{children}</Suspense>
        </ErrorBoundary>
      </main>
    </div>
  );
}
