import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ScoreHistory } from "../../charts/score-history.tsx";
import { historyQuery, modelsQuery } from "../../service/models.ts";
import { hasPart } from "../../service/session.ts";
import { Page } from "../../shell/page.tsx";
import { Panel } from "../../shell/panel.tsx";
import { useSession } from "../../shell/session-context.tsx";
import { NotConfigured } from "../../states/not-configured.tsx";
import { QueryView } from "../../states/query-view.tsx";
import { StatePage } from "../../states/state-page.tsx";
import { CompareModels } from "./compare-models.tsx";
import { ModelTable } from "./model-table.tsx";
import { MoveList } from "./move-list.tsx";
import { RollbackButton } from "./rollback-button.tsx";

/** Versions over time, what is on air, and how they compare. */
export function ModelsPage() {
  const session = useSession();
  const isThere = hasPart(session, "models");
  const models = useQuery({ ...modelsQuery, enabled: isThere });
  const history = useQuery({ ...historyQuery, enabled: isThere });
  const [chosen, setChosen] = useState<readonly string[]>([]);
  if (!isThere) {
    return (
      <Page title="Models">
        <NotConfigured title="No models to look at">
          This service was started without telling of its models; `osteon serve` with a registry or a sealed package
          does.
        </NotConfigured>
      </Page>
    );
  }
  return (
    <Page
      title="Models"
      lead="Sealed versions, their scores beside fresh real patients, and which one is on air."
      actions={<RollbackButton models={models.data} moves={history.data?.moves ?? []} />}
    >
      <QueryView query={models}>
        {({ models: versions, broken }) => (
          <>
            {broken.length > 0 && (
              <div className="notice bad" role="alert">
                <strong>These versions do not hold</strong>
                <ul>
                  {broken.map(({ version, code }) => (
                    <li key={version}>
                      <code>{version}</code> ({code})
                    </li>
                  ))}
                </ul>
                <p>Do not use them; `osteon models verify` says more.</p>
              </div>
            )}
            {versions.length === 0 ? (
              <StatePage title="There is no model in the registry yet">
                <p>Train one, and take it in.</p>
                <pre>{"osteon run\nosteon models add --model osteon-data/run"}</pre>
              </StatePage>
            ) : (
              <>
                <Panel title="Versions" note={`Choose two or three to compare (${chosen.length} chosen)`}>
                  <ModelTable models={versions} chosen={chosen} onChoose={setChosen} />
                </Panel>
                {chosen.length >= 2 && <CompareModels versions={chosen} />}
                <div className="columns">
                  <Panel title="Scores of the versions">
                    <ScoreHistory models={versions} />
                  </Panel>
                  <Panel title="What was on air">
                    <QueryView query={history}>
                      {({ moves }) =>
                        moves.length === 0 ? (
                          <p className="soft">No move is recorded.</p>
                        ) : (
                          <MoveList moves={moves.toReversed()} />
                        )
                      }
                    </QueryView>
                  </Panel>
                </div>
              </>
            )}
          </>
        )}
      </QueryView>
    </Page>
  );
}
