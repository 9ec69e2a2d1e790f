import { useQuery } from "@tanstack/react-query";
import Markdown from "markdown-to-jsx";
import type { ReactNode } from "react";
import { cardQuery } from "../../service/models.ts";
import { ScrollRegion } from "../../shell/scroll-region.tsx";
import { QueryView } from "../../states/query-view.tsx";

/** The model card. Its text is the package's own, and no HTML in it counts. */
export function CardView({ version }: { readonly version: string }) {
  const card = useQuery(cardQuery(version));
  return (
    <QueryView query={card}>
      {({ markdown }) => (
        <article className="panel">
          <Markdown
            className="card-text"
            options={{ disableParsingRawHTML: true, forceBlock: true, overrides: { table: CardTable } }}
          >
            {markdown}
          </Markdown>
        </article>
      )}
    </QueryView>
  );
}

function CardTable({ children }: { readonly children: ReactNode }) {
  return (
    <ScrollRegion label="Table of the model card">
      <table>{children}</table>
    </ScrollRegion>
  );
}
