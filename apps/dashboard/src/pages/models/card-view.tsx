import { useQuery } from "@tanstack/react-query";
import Markdown from "markdown-to-jsx";
import { cardQuery } from "../../service/models.ts";
import { QueryView } from "../../states/query-view.tsx";

/** The model card. Its text is the package's own, and no HTML in it counts. */
export function CardView({ version }: { readonly version: string }) {
  const card = useQuery(cardQuery(version));
  return (
    <QueryView query={card}>
      {({ markdown }) => (
        <article className="panel">
          <div className="card-text">
            <Markdown options={{ disableParsingRawHTML: true, forceBlock: true }}>{markdown}</Markdown>
          </div>
        </article>
      )}
    </QueryView>
  );
}
