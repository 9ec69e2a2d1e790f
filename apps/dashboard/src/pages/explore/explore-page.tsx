import { useQuery } from "@tanstack/react-query";
import { countOf, formatCount } from "../../format/format.ts";
import { healthQuery } from "../../service/models.ts";
import { hasScope } from "../../service/session.ts";
import { Page } from "../../shell/page.tsx";
import { ProgressRow } from "../../shell/progress-row.tsx";
import { useSession } from "../../shell/session-context.tsx";
import { FaultPage } from "../../states/fault-page.tsx";
import { NoModelPage } from "../../states/no-model-page.tsx";
import { QueryView } from "../../states/query-view.tsx";
import { StatePage } from "../../states/state-page.tsx";
import { CohortView } from "./cohort-view.tsx";
import { ProfileForm } from "./profile-form.tsx";
import { useGeneration } from "./use-generation.ts";

/** What does the model think such a patient looks like? */
export function ExplorePage() {
  const mayGenerate = hasScope(useSession(), "generate");
  const health = useQuery(healthQuery);
  const { generation, run, cancel } = useGeneration();
  if (!mayGenerate) {
    return (
      <Page title="Explore">
        <StatePage title="Your access token is not for this">
          <p>
            Generating patients needs the scope <code>generate</code>. Whoever operates this service can give you a
            token with it; then sign in again.
          </p>
        </StatePage>
      </Page>
    );
  }
  return (
    <Page
      title="Explore"
      lead="Patients of a profile, beside how the real cohort is distributed."
      actions={<span className="simulated">Everything here is simulated: no real patient</span>}
    >
      <QueryView query={health}>
        {({ model_version: version }) =>
          version === null ? (
            <NoModelPage />
          ) : (
            <>
              <ProfileForm version={version} isBusy={generation.state === "running"} onGenerate={run} />
              {generation.state === "running" && (
                <ProgressRow
                  label="Generating"
                  share={generation.patients / generation.order.count}
                  text={`${formatCount(generation.patients)} of ${countOf(generation.order.count, "patient")}`}
                  onCancel={cancel}
                />
              )}
              <div role="status" className="live">
                {generation.state === "cancelled" && <p>Cancelled. Nothing of it was kept.</p>}
              </div>
              {generation.state === "failed" && (
                <FaultPage error={generation.error} retry={() => run(generation.order)} />
              )}
              {generation.state === "done" && <CohortView cohort={generation.cohort} />}
            </>
          )
        }
      </QueryView>
    </Page>
  );
}
