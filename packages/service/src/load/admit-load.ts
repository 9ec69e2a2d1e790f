import type { GenerateRequest } from "@osteon/contracts";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { whenAnswered } from "../when-answered.ts";
import { EventLoopDelay } from "./event-loop-delay.ts";
import { LoadAccount } from "./load-account.ts";
import type { LoadLimits } from "./load-limits.ts";

/**
 * Makes the hook that takes a request for patients on, or refuses it at once where too much is under way: what waits is
 * bounded, and so is the memory it takes. Other routes do not ask for it, so health is told under any load.
 *
 * @throws `service.overloaded`
 */
export function createLoadAdmission(app: FastifyInstance, limits: LoadLimits) {
  const account = new LoadAccount(limits);
  const delay = new EventLoopDelay();
  app.addHook("onClose", async () => delay.stop());
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    if (delay.readMs() > limits.eventLoopDelayMs) throw account.refusal();
    const done = account.take((request.body as GenerateRequest).count);
    const tooLate = setTimeout(() => reply.raw.destroy(), limits.answerMs).unref();
    whenAnswered(reply, () => {
      clearTimeout(tooLate);
      done();
    });
  };
}
