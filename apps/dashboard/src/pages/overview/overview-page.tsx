import { useQuery } from "@tanstack/react-query";
import { countOf } from "../../format/format.ts";
import { healthQuery, historyQuery, modelsQuery } from "../../service/models.ts";
import { hasPart } from "../../service/session.ts";
import { useRunProgress } from "../../service/follow-run.ts";
import { Page } from "../../shell/page.tsx";
import { Panel } from "../../shell/panel.tsx";
import { useSession } from "../../shell/session-context.tsx";
import { FaultPage } from "../../states/fault-page.tsx";
import { NoModelPage } from "../../states/no-model-page.tsx";
import { StatePage } from "../../states/state-page.tsx";
import { ScoreHistory } from "../../charts/score-history.tsx";
import { MoveList } from "../models/move-list.tsx";
import { DriftTile } from "./drift-tile.tsx";
import { HealthTile } from "./health-tile.tsx";
import { ModelTile } from "./model-tile.tsx";
import { RunPanel } from "./run-panel.tsx";
import { UsageTile } from "./usage-tile.tsx";

const movesShown = 5;

/** Is it well, what is on air, what changed. */
export function OverviewPage() {
  const session = useSession();
  const hasModels = hasPart(session, "models");
  const health = useQuery(healthQuery);
  const models = useQuery({ ...modelsQuery, enabled: hasModels });
  const history = useQuery({ ...historyQuery, enabled: hasModels });
  const run = useRunProgress(hasPart(session, "run"));
  if (health.data === undefined && health.isError) {
    return (
      <Page title="Overview">
        <FaultPage error={health.error} retry={() => void health.refetch()} />
      </Page>
    );
  }
  const onAir = models.data?.models.find(({ version }) => version === health.data?.model_version);
  const scored = models.data?.models.filter(({ calibrated_score: score }) => score !== null) ?? [];
  const moves = history.data?.moves.slice(-movesShown).toReversed() ?? [];
  return (
    <Page title="Overview" lead="Synthetic osteosarcoma patients: for research, not for clinical decisions.">
      <div className="tiles">
        <HealthTile health={health.data} isAway={health.isError} />
        <ModelTile model={onAir} version={health.data?.model_version ?? null} />
        {hasPart(session, "drift") && <DriftTile />}
        {hasPart(session, "usage") && <UsageTile />}
      </div>
      {health.data?.model_loaded === false && <NoModelPage />}
      {run !== null && run.steps.some(({ status }) => status !== "done") && <RunPanel run={run} />}
      <div className="columns">
        {scored.length > 0 && (
          <Panel title="How like real patients each version’s are" note={countOf(scored.length, "version")}>
            <ScoreHistory models={scored} />
          </Panel>
        )}
        {hasModels && (
          <Panel title="What changed lately">
            {moves.length > 0 ? (
              <MoveList moves={moves} />
            ) : (
              <p className="soft">
                {session.parts.includes("moves")
                  ? "Nothing was put on air yet."
                  : "This service was given one model by its path, so nothing is promoted or rolled back here."}
              </p>
            )}
          </Panel>
        )}
      </div>
      {!hasModels && (
        <StatePage title="This service tells nothing of its models">
          <p>It answers requests for patients; what it runs on is not configured to be looked at.</p>
        </StatePage>
      )}
    </Page>
  );
}
