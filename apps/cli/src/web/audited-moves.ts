import type { AuditLog } from "@osteon/audit";
import type { ModelMoves, WebParts } from "@osteon/service";

/** Parts whose moves of what is on air are entered in the trail before and after they are made. */
export function auditWeb(parts: WebParts, log: AuditLog): WebParts {
  const { catalogue } = parts;
  if (catalogue === undefined || catalogue.moves === null) return parts;
  return { ...parts, catalogue: { ...catalogue, moves: auditMoves(catalogue.moves, log) } };
}

function auditMoves(moves: ModelMoves, log: AuditLog): ModelMoves {
  return {
    promote: (version, order) => {
      const { by, reason, override } = order;
      const detail = { by, reason, model: version, overridden: override };
      return log.during(
        { action: "model.promoted", principal: `client:${by}`, detail },
        () => moves.promote(version, order),
        ({ from, overridden }) => ({ ...detail, from, overridden: overridden.length > 0 }),
      );
    },
    rollback: (to, order) => {
      const { by, reason } = order;
      return log.during(
        {
          action: "model.rolled-back",
          principal: `client:${by}`,
          detail: { by, reason, ...(to !== undefined && { model: to }) },
        },
        () => moves.rollback(to, order),
        ({ version: model, from }) => ({ by, reason, model, from }),
      );
    },
  };
}
