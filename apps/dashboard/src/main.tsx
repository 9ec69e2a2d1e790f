import "./forbid-compiling.ts";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { Application } from "./application.tsx";
import { ServiceFault } from "./service/ask.ts";
import { applyTheme } from "./shell/theme.ts";

applyTheme();

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      // A refusal stays one; a service that is away comes back.
      retry: (failures, error) => failures < 2 && error instanceof ServiceFault && error.kind === "away",
      refetchInterval: (query) =>
        query.state.error instanceof ServiceFault && query.state.error.kind === "away" ? 5_000 : false,
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
