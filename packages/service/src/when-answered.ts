import type { FastifyReply } from "fastify";

/** Calls `action` once when the connection is done with an answer, whole or not; now where it is done already. */
export function whenAnswered(reply: FastifyReply, action: () => void): void {
  if (reply.raw.destroyed) action();
  else reply.raw.once("close", action);
}
