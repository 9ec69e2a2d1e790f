import { useQuery } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { Button } from "react-aria-components/Button";
import { countOf } from "../../format/format.ts";
import { generate, type GeneratedCohort, type GenerationOrder } from "../../service/generate.ts";
import { healthQuery } from "../../service/models.ts";
import { hasScope } from "../../service/session.ts";
import { Page } from "../../shell/page.tsx";
import { ProgressTrack } from "../../shell/progress-track.tsx";
import { useSession } from "../../shell/session-context.tsx";
import { FaultPage } from "../../states/fault-page.tsx";
import { NoModelPage } from "../../states/no-model-page.tsx";
import { QueryView } from "../../states/query-view.tsx";
import { StatePage } from "../../states/state-page.tsx";
import { CohortView } from "./cohort-view.tsx";
import { ProfileForm } from "./profile-form.tsx";

type Generation =
  | { readonly state: "nothing" }
  | { readonly state: "running"; readonly order: GenerationOrder; readonly patients: number }
  | { readonly state: "done"; readonly cohort: GeneratedCohort }
  | { readonly state: "failed"; readonly error: unknown; readonly order: GenerationOrder };

/** What does the model think such a patient looks like? */
export function ExplorePage() {
  const mayGenerate = hasScope(useSession(), "generate");
  const health = useQuery(healthQuery);
  const [generation, setGeneration] = useState<Generation>({ state: "nothing" });
  const running = useRef<AbortController>(null);
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
  const run = async (order: GenerationOrder): Promise<void> => {
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    setGeneration({ state: "running", order, patients: 0 });
    try {
      const cohort = await generate(order, {
        signal: controller.signal,
        onPatients: (patients) => setGeneration({ state: "running", order, patients }),
      });
      setGeneration({ state: "done", cohort });
    } catch (error) {
      setGeneration(controller.signal.aborted ? { state: "nothing" } : { state: "failed", error, order });
    }
  };
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
              <ProfileForm
                version={version}
                isBusy={generation.state === "running"}
                onGenerate={(order) => void run(order)}
              />
              {generation.state === "running" && (
                <div className="row">
                  <ProgressTrack
                    label={`${generation.patients} of ${countOf(generation.order.count, "patient")}`}
                    share={generation.patients / generation.order.count}
                  />
                  <Button className="button" onPress={() => running.current?.abort()}>
                    Stop
                  </Button>
                </div>
              )}
              {generation.state === "failed" && (
                <FaultPage error={generation.error} retry={() => void run(generation.order)} />
              )}
              {generation.state === "done" && <CohortView cohort={generation.cohort} />}
            </>
          )
        }
      </QueryView>
    </Page>
  );
}
