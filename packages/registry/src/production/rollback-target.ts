import { osteonError } from "@osteon/errors";
import type { ProductionMove } from "./production-move.ts";

/**
 * The versions that were on air, as a stack whose top is on air now. A rollback takes off what it leaves behind, so
 * that a second one goes further back and not forth again.
 */
function stackVersions(moves: readonly ProductionMove[]): readonly string[] {
  const stack: string[] = [];
  for (const { action, version } of moves) {
    const depth = stack.lastIndexOf(version);
    if (action === "rollback" && depth >= 0) stack.length = depth + 1;
    else if (stack.at(-1) !== version) stack.push(version);
  }
  return stack;
}

/**
 * The version that a rollback goes to.
 *
 * @param wish a version that was on air before; by default the one before the present one
 * @throws `registry.no-rollback`
 */
export function findRollbackTarget(moves: readonly ProductionMove[], wish: string | undefined): string {
  const earlier = stackVersions(moves).slice(0, -1);
  if (wish !== undefined && moves.some(({ version }) => version === wish) && moves.at(-1)?.version !== wish)
    return wish;
  const target = wish === undefined ? earlier.at(-1) : undefined;
  if (target !== undefined) return target;
  throw osteonError("registry.no-rollback", { available: [...new Set(earlier)].join(", ") || "none" });
}

/** What is on air, and what a rollback would go back to. */
export function versionsOnCall(moves: readonly ProductionMove[]): ReadonlySet<string> {
  return new Set(stackVersions(moves).slice(-2));
}
