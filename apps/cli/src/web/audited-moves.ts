import type { AuditLog } from "@osteon/audit";
import type { WebParts } from "@osteon/service";
import { enterMove } from "../audit/enter-move.ts";

/** Parts whose moves of what is on air are entered in the trail. */
export function auditWeb(parts: WebParts, log: AuditLog): WebParts {
  const moves = parts.catalogue?.moves;
  if (!parts.catalogue || !moves) return parts;
  return {
    ...parts,
    catalogue: {
      ...parts.catalogue,
      moves: {
        promote: (version, order) =>
          enterMove(log, `client:${order.by}`, { ...order, version }, () => moves.promote(version, order)),
        rollback: (to, order) =>
          enterMove(log, `client:${order.by}`, { ...order, version: to }, () => moves.rollback(to, order)),
      },
    },
  };
}
