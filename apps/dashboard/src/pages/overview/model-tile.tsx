import type { ModelSummary } from "@osteon/contracts";
import { Link } from "wouter";
import { countOf, formatDay, formatInterval } from "../../format/format.ts";
import { Tile } from "./tile.tsx";

interface ModelTileProps {
  /** Undefined where the service tells nothing of it. */
  readonly model: ModelSummary | undefined;
  readonly version: string | null;
}

export function ModelTile({ model, version }: ModelTileProps) {
  if (version === null) return <Tile title="Model on air" value="None" tone="open" />;
  const shown = <code>{version.slice(0, 8)}</code>;
  if (model === undefined) return <Tile title="Model on air" value={shown} />;
  const { family, created_at: made, training_patients: patients, trained_on_simulated_patients: isSimulated } = model;
  return (
    <Tile
      title="Model on air"
      value={<Link href={`/models/${version}`}>{shown}</Link>}
      tone={model.gate.passed === true ? "good" : "open"}
    >
      {family}, made {formatDay(made)} from {countOf(patients, isSimulated ? "simulated patient" : "patient")}; score{" "}
      {formatInterval(model.calibrated_score)}
    </Tile>
  );
}
