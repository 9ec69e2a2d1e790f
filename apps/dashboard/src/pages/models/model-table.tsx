import type { ModelSummary } from "@osteon/contracts";
import { Checkbox } from "react-aria-components/Checkbox";
import { Link } from "wouter";
import { formatCount, formatInterval, formatTime } from "../../format/format.ts";
import { Chip, GateChip } from "../../shell/chip.tsx";

const mostCompared = 3;

interface ModelTableProps {
  readonly models: readonly ModelSummary[];
  readonly chosen: readonly string[];
  readonly onChoose: (versions: readonly string[]) => void;
}

/** One row a version; the first column chooses those to compare. */
export function ModelTable({ models, chosen, onChoose }: ModelTableProps) {
  return (
    <table className="stack">
      <thead>
        <tr>
          <th scope="col">Compare</th>
          <th scope="col">Version</th>
          <th scope="col">Made</th>
          <th scope="col">Family</th>
          <th scope="col" className="number">
            Patients
          </th>
          <th scope="col">Calibrated score</th>
          <th scope="col">Release gate</th>
        </tr>
      </thead>
      <tbody>
        {models.map((model) => {
          const { version, on_air: onAir } = model;
          const isChosen = chosen.includes(version);
          return (
            <tr key={version}>
              <td>
                <Checkbox
                  className="check"
                  aria-label={`Compare ${version}`}
                  isSelected={isChosen}
                  isDisabled={!isChosen && chosen.length >= mostCompared}
                  onChange={(isSelected) =>
                    onChoose(isSelected ? [...chosen, version] : chosen.filter((other) => other !== version))
                  }
                >
                  <span className="box">{isChosen && "✓"}</span>
                </Checkbox>
              </td>
              <th scope="row">
                <div className="row">
                  <Link href={`/models/${version}`} className="version">
                    {version}
                  </Link>
                  {onAir && <Chip tone="air">on air</Chip>}
                </div>
              </th>
              <td data-label="Made">{formatTime(model.created_at)}</td>
              <td data-label="Family">{model.family}</td>
              <td className="number" data-label="Patients">
                {formatCount(model.training_patients)}
                {model.trained_on_simulated_patients && " simulated"}
              </td>
              <td data-label="Calibrated score">{formatInterval(model.calibrated_score)}</td>
              <td data-label="Release gate">
                <GateChip passed={model.gate.passed} />
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
