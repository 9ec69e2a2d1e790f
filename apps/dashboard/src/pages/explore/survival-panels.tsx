import type { ModelReference } from "@osteon/contracts";
import { useMemo } from "react";
import { KaplanMeier } from "../../charts/survival/kaplan-meier.tsx";
import { estimateSeries, yearsOf, type SurvivalSeries } from "../../charts/survival/kaplan-meier-series.ts";
import type { GeneratedCohort } from "../../service/generate.ts";

const strata = [
  { stratum: "all", title: "All patients", metastasis: null },
  { stratum: "metastatic", title: "Metastatic at diagnosis", metastasis: 1 },
  { stratum: "localised", title: "Localised at diagnosis", metastasis: 0 },
] as const;

interface SurvivalPanelsProps {
  readonly cohort: GeneratedCohort;
  readonly reference: ModelReference | null;
}

/** Survival of the cohort that was asked for, by metastasis, beside the real cohort's. */
export function SurvivalPanels({ cohort: { order, patients }, reference }: SurvivalPanelsProps) {
  const { profile } = order;
  const panels = useMemo(
    () =>
      strata
        .filter(({ metastasis }) => profile.metastasis === undefined || metastasis === profile.metastasis)
        .map(({ stratum, title, metastasis }) => {
          const chosen = patients.filter(({ clinical }) => metastasis === null || clinical.metastasis === metastasis);
          const real = reference?.survival.find((curve) => curve.stratum === stratum)?.real ?? null;
          const series = [real && readReal(real), estimateSeries("Generated", chosen)].filter(
            (curve) => curve !== null,
          );
          return { title, series };
        }),
    [patients, profile, reference],
  );
  // One axis of time, so that the panels are read against each other.
  const years = yearsOf(panels.flatMap(({ series }) => series));
  const isConditioned = profile.survival_time !== undefined || profile.event_occurred !== undefined;
  return (
    <>
      {isConditioned && (
        <div className="notice open">
          <p>The profile asks for survival itself, so this curve shows what was asked for, not a prognosis.</p>
        </div>
      )}
      <div className="columns three">
        {panels.map(({ title, series }) =>
          series.length === 0 ? (
            <p key={title} className="soft">
              {title}: too few patients for a curve.
            </p>
          ) : (
            <KaplanMeier key={title} title={title} series={series} years={years} />
          ),
        )}
      </div>
    </>
  );
}

type RealCurve = NonNullable<ModelReference["survival"][number]["real"]>;

function readReal({ patients, deaths, times_days: timesDays, survival, lower, upper }: RealCurve): SurvivalSeries {
  const below = survival.findIndex((share) => share <= 0.5);
  return {
    name: "Real cohort",
    kind: "real",
    patients,
    deaths,
    timesDays,
    survival,
    lower,
    upper,
    // Who was censored when, and how many were still followed, would be patients' own times.
    censored: [],
    followUpDays: [],
    medianDays: below < 0 ? undefined : timesDays[below],
  };
}
