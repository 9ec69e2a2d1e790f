import type { AuditLog } from "@osteon/audit";

/** A move of what is on air, before it is made. */
export interface IntendedMove {
  readonly by: string;
  readonly reason: string;
  /** As it was asked for. */
  readonly version: string | undefined;
  /** Of a promotion; undefined for a rollback. */
  readonly override?: boolean;
}

/** As much of a move that was made as is entered. */
interface MadeMove {
  readonly version: string;
  readonly from: string | null;
  readonly overridden: readonly string[];
}

/** Enters a move in the trail before and after it is made. */
export function enterMove<M extends MadeMove>(
  log: AuditLog,
  principal: string,
  { by, reason, version, override }: IntendedMove,
  move: () => Promise<M>,
): Promise<M> {
  const why = { by: by.slice(0, 200) || "unknown", reason: reason.slice(0, 2_000) };
  // What is no version is for the registry to refuse.
  const attempted = { ...why, ...(version !== undefined && /^[0-9a-f]{16}$/.test(version) && { model: version }) };
  const moved = ({ version: model, from }: M) => ({ ...why, model, from });
  return override === undefined
    ? log.during({ action: "model.rolled-back", principal, detail: attempted }, move, moved)
    : log.during(
        { action: "model.promoted", principal, detail: { ...attempted, overridden: override } },
        move,
        (made) => ({ ...moved(made), overridden: made.overridden.length > 0 }),
      );
}
