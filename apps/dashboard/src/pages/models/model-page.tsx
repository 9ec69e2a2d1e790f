import { useQuery } from "@tanstack/react-query";
import { Tab, TabList, TabPanel, Tabs } from "react-aria-components/Tabs";
import { LearningCurveChart } from "../../charts/learning-curve.tsx";
import { formatTime } from "../../format/format.ts";
import { modelQuery, modelsQuery } from "../../service/models.ts";
import { Chip } from "../../shell/chip.tsx";
import { Page } from "../../shell/page.tsx";
import { Panel } from "../../shell/panel.tsx";
import { QueryView } from "../../states/query-view.tsx";
import { CardView } from "./card-view.tsx";
import { GateChecks } from "./gate-checks.tsx";
import { ModelFacts } from "./model-facts.tsx";
import { PromoteButton } from "./promote-button.tsx";
import { ScoreTable } from "./score-table.tsx";

/** All that is known of one version. */
export function ModelPage({ version }: { readonly version: string }) {
  const query = useQuery(modelQuery(version));
  const list = useQuery(modelsQuery);
  const model = query.data;
  return (
    <Page
      title={`Model ${version.slice(0, 8)}`}
      lead={model && `${model.family}, made ${formatTime(model.created_at)}`}
      actions={
        model && (
          <>
            {model.on_air && <Chip tone="air">on air</Chip>}
            <PromoteButton model={model} canMove={list.data?.can_move ?? false} />
          </>
        )
      }
    >
      <QueryView query={query}>
        {(found) => (
          <Tabs className="tabs">
            <TabList className="tab-list" aria-label="About this model">
              <Tab id="scores" className="tab">
                Scores
              </Tab>
              <Tab id="training" className="tab">
                Training
              </Tab>
              <Tab id="report" className="tab">
                Evaluation report
              </Tab>
              <Tab id="card" className="tab">
                Model card
              </Tab>
            </TabList>
            <TabPanel id="scores" className="tab-panel">
              <GateChecks model={found} />
              {found.scores.length > 0 && (
                <Panel title="Scores" note="From patients drawn gene by gene (0) to fresh real patients (1)">
                  <ScoreTable scores={found.scores} />
                </Panel>
              )}
            </TabPanel>
            <TabPanel id="training" className="tab-panel">
              <Panel title="What it was trained on">
                <ModelFacts model={found} />
              </Panel>
              <Panel title="Validation loss">
                {found.learning_curve === null || found.learning_curve.at.length === 0 ? (
                  <p className="soft">This package tells nothing of how its training went.</p>
                ) : (
                  <LearningCurveChart curve={found.learning_curve} />
                )}
              </Panel>
            </TabPanel>
            <TabPanel id="report" className="tab-panel">
              {found.has_report ? (
                <iframe
                  className="report-frame"
                  title={`Evaluation report of model ${version}`}
                  src={`/models/${version}/report`}
                  sandbox=""
                />
              ) : (
                <p className="soft">
                  The package holds no evaluation; one of a model with differential privacy must not, as its figures are
                  exact.
                </p>
              )}
            </TabPanel>
            <TabPanel id="card" className="tab-panel">
              {found.has_card ? (
                <CardView version={version} />
              ) : (
                <p className="soft">The package holds no model card.</p>
              )}
            </TabPanel>
          </Tabs>
        )}
      </QueryView>
    </Page>
  );
}
