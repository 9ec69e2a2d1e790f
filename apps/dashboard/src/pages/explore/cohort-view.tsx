import { useQuery } from "@tanstack/react-query";
import { Oncoprint } from "../../charts/oncoprint/oncoprint.tsx";
import { PathwayBars } from "../../charts/pathways/pathway-bars.tsx";
import { countOf } from "../../format/format.ts";
import type { GeneratedCohort } from "../../service/generate.ts";
import { referenceQuery } from "../../service/models.ts";
import { hasPart } from "../../service/session.ts";
import { Panel } from "../../shell/panel.tsx";
import { useSession } from "../../shell/session-context.tsx";
import { AlterationComparison } from "./alteration-comparison.tsx";
import { CohortSummary } from "./cohort-summary.tsx";
import { DownloadPanel } from "./download-panel.tsx";
import { ExpressionPanel } from "./expression-panel.tsx";
import { SurvivalPanels } from "./survival-panels.tsx";

const oncoprintGenes = 50;

/** Generated patients, seen from every side. */
export function CohortView({ cohort }: { readonly cohort: GeneratedCohort }) {
  const { head, patients } = cohort;
  const query = useQuery({ ...referenceQuery(head.model_version), enabled: hasPart(useSession(), "models") });
  const reference = query.data ?? null;
  const whose =
    reference?.simulated_patients === true ? "the demonstration cohort, itself simulated" : "the real cohort";
  const note =
    reference === null
      ? "The model’s package tells nothing of the real cohort"
      : `Beside ${whose} of ${countOf(reference.patients, "patient")}`;
  return (
    <>
      <CohortSummary cohort={cohort} />
      <Panel title="Oncoprint" note={`${countOf(patients.length, "simulated patient")}, most often altered genes`}>
        <Oncoprint patients={patients} mostGenes={oncoprintGenes} />
      </Panel>
      <Panel title="Survival" note={note}>
        <SurvivalPanels cohort={cohort} reference={reference} />
      </Panel>
      <div className="columns">
        <Panel title="Pathways" note={note}>
          <PathwayBars patients={patients} reference={reference} />
        </Panel>
        {reference !== null && reference.alterations.length > 0 && (
          <Panel title="Altered genes" note={note}>
            <AlterationComparison patients={patients} reference={reference} />
          </Panel>
        )}
      </div>
      <ExpressionPanel order={cohort.order} unit={head.expression_unit} />
      <DownloadPanel cohort={cohort} />
    </>
  );
}
