import type { ModelDetail } from "@osteon/contracts";
import { formatCount, formatNumber } from "../../format/format.ts";

/** Counts and names that the package's manifest tells. */
export function ModelFacts({ model }: { readonly model: ModelDetail }) {
  const { training, differential_privacy: privacy } = model;
  const facts: readonly (readonly [string, string])[] = [
    ["Patients", `${formatCount(training.patients)}${model.trained_on_simulated_patients ? ", simulated" : ""}`],
    ["Deaths", formatCount(training.deaths)],
    ["Genes with expression", formatCount(training.expression_genes)],
    ["Genes with mutations", formatCount(training.mutation_genes)],
    ["Genes with copy number", formatCount(training.copy_number_genes)],
    ["Expression unit", training.expression_unit ?? "none"],
    ["Worth in real patients", formatNumber(model.effective_patients, 0)],
    ["Differential privacy", privacy === null ? "none" : `ε ${privacy.epsilon}, δ ${privacy.delta}`],
    ["Osteon", model.osteon_version],
    ["Version", model.version],
  ];
  return (
    <dl className="facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
