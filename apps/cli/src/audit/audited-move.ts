import type { Configuration } from "@osteon/contracts";
import type { MoveRequest, ProductionMove } from "@osteon/registry";
import type { CommandContext } from "../command-context.ts";
import type { RegistryPlace } from "../registry/open-registry.ts";
import { withAudit } from "./open-audit.ts";

/** A move of what is on air, before it is made. */
export interface IntendedMove {
  readonly configuration: Configuration;
  readonly place: RegistryPlace;
  readonly request: MoveRequest;
  readonly context: CommandContext;
  /** As it was given on the command line. */
  readonly version: string | undefined;
  /** Of a promotion; undefined for a rollback. */
  readonly override?: boolean;
}

/** Enters a move in the trail before and after it is made. */
export function auditedMove(
  { configuration, place, request, context, version, override }: IntendedMove,
  move: () => Promise<ProductionMove>,
): Promise<ProductionMove> {
  const why = { by: request.by.slice(0, 200) || "unknown", reason: request.reason.slice(0, 2_000) };
  // What is no version is for the registry to refuse.
  const attempted = { ...why, ...(version !== undefined && /^[0-9a-f]{16}$/.test(version) && { model: version }) };
  const moved = ({ version: model, from }: ProductionMove) => ({ ...why, model, from });
  return withAudit({ configuration, registry: place.directory }, context.terminal, ({ log, principal }) =>
    override === undefined
      ? log.during({ action: "model.rolled-back", principal, detail: attempted }, move, moved)
      : log.during(
          { action: "model.promoted", principal, detail: { ...attempted, overridden: override } },
          move,
          (made) => ({ ...moved(made), overridden: made.overridden.length > 0 }),
        ),
  );
}
