import { countOf, formatShare } from "../../format/format.ts";
import type { GeneratedCohort } from "../../service/generate.ts";
import { describeProfile } from "./profile-draft.ts";

/** What was asked and what came, always with that it is simulated. */
export function CohortSummary({ cohort: { order, head, patients } }: { readonly cohort: GeneratedCohort }) {
  const known = patients.filter(({ clinical }) => clinical.event_occurred !== null);
  const metastatic = patients.filter(({ clinical }) => clinical.metastasis === 1).length;
  const ages = patients.flatMap(({ clinical }) => clinical.age_years ?? []).toSorted((a, b) => a - b);
  const facts: readonly (readonly [string, string])[] = [
    ["Profile", describeProfile(order.profile)],
    [
      "Died",
      formatShare(known.filter(({ clinical }) => clinical.event_occurred === 1).length / Math.max(1, known.length)),
    ],
    ["Metastatic", formatShare(metastatic / Math.max(1, patients.length))],
    ["Median age", ages.length === 0 ? "–" : `${ages[Math.floor(ages.length / 2)]!.toFixed(1)} years`],
    ["Seed", String(order.seed)],
    ["Model", head.model_version.slice(0, 8)],
  ];
  return (
    <section className="panel" aria-label="What was generated">
      <div className="row">
        <h2>{countOf(patients.length, "simulated patient")}</h2>
        <span className="simulated">{head.notice}</span>
      </div>
      <dl className="facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
