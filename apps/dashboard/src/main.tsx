import "./forbid-compiling.ts";
import { QueryCache, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { Application } from "./application.tsx";
import { askAgainEvery } from "./service/ask-again.ts";
import { ServiceFault } from "./service/ask.ts";
import { sessionQuery } from "./service/session.ts";
import { applyTheme } from "./shell/theme.ts";

applyTheme();

const queries: QueryClient = new QueryClient({
  queryCache: new QueryCache({
    onError: (error) => {
      // Whoever is told to sign in again, anywhere, is shown where.
      const hasEnded = error instanceof ServiceFault && error.kind === "signed-out";
      if (hasEnded) void queries.invalidateQueries({ queryKey: sessionQuery.queryKey });
    },
  }),
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      // A refusal stays one; a service that is away comes back.
      retry: (failures, error) => failures < 2 && error instanceof ServiceFault && error.kind === "away",
      refetchInterval: askAgainEvery(false),
    },
  },
});

createRoot(document.getElementById("root")!).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <Application />
    </QueryClientProvider>
  </StrictMode>,
);
