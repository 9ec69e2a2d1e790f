import type { Health } from "@osteon/contracts";
import { Tile } from "./tile.tsx";

export function HealthTile({ health, isAway }: { readonly health: Health | undefined; readonly isAway: boolean }) {
  if (isAway) {
    return (
      <Tile title="Service" value="Does not answer" tone="bad">
        What you see is from before; this page asks again by itself.
      </Tile>
    );
  }
  if (health === undefined) return <Tile title="Service" value="…" />;
  return health.status === "healthy" ? (
    <Tile title="Service" value="Healthy" tone="good">
      It answers, and can generate patients.
    </Tile>
  ) : (
    <Tile title="Service" value="No model" tone="open">
      It answers, but has nothing to generate with.
    </Tile>
  );
}
