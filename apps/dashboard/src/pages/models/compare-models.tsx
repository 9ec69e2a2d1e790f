import type { ModelDetail } from "@osteon/contracts";
import { useQueries } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { asWords, formatCount, formatDay, formatInterval, formatNumber } from "../../format/format.ts";
import { modelQuery } from "../../service/models.ts";
import { GateChip } from "../../shell/chip.tsx";
import { Panel } from "../../shell/panel.tsx";
import { ScrollRegion } from "../../shell/scroll-region.tsx";
import { FaultPage } from "../../states/fault-page.tsx";
import { ScoreStrip } from "./score-strip.tsx";

/** Versions side by side: facts first, then every score. */
export function CompareModels({ versions }: { readonly versions: readonly string[] }) {
  const answers = useQueries({ queries: versions.map(modelQuery) });
  const fault = answers.find(({ isError }) => isError);
  const models = answers.flatMap(({ data }) => (data === undefined ? [] : [data]));
  if (fault !== undefined) return <FaultPage error={fault.error} />;
  if (models.length < versions.length) return <div className="skeleton" role="status" aria-label="Loading" />;
  const informative = models.flatMap(({ scores }) => scores.filter(({ calibrated }) => calibrated !== null));
  const names = [...new Map(informative.map(({ name, title }) => [name, title]))];
  return (
    <Panel
      title="Side by side"
      note="Scores that tell something of any of them: no structure (0) to fresh real patients (1)"
    >
      <ScrollRegion label="Versions side by side">
        <table className="compare">
          <thead>
            <tr>
              <th scope="col">
                <span className="unseen">Fact or score</span>
              </th>
              {models.map(({ version }) => (
                <th key={version} scope="col">
                  <code>{version.slice(0, 8)}</code>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {facts.map(([name, read]) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                {models.map((model) => (
                  <td key={model.version}>{read(model)}</td>
                ))}
              </tr>
            ))}
            {names.map(([name, title]) => (
              <tr key={name}>
                <th scope="row">{title}</th>
                {models.map(({ version, scores }) => (
                  <td key={version}>
                    <ScoreStrip calibrated={scores.find((score) => score.name === name)?.calibrated ?? null} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </Panel>
  );
}

const facts: readonly (readonly [string, (model: ModelDetail) => ReactNode])[] = [
  ["Family", ({ family }) => asWords(family)],
  ["Made", ({ created_at: made }) => formatDay(made)],
  [
    "Training patients",
    ({ training }) => `${formatCount(training.patients)}, of whom ${formatCount(training.deaths)} died`,
  ],
  ["Worth in real patients", ({ effective_patients: worth }) => formatNumber(worth, 0)],
  ["Release gate", ({ gate }) => <GateChip passed={gate.passed} />],
  ["Calibrated score", ({ calibrated_score: score }) => formatInterval(score)],
];
