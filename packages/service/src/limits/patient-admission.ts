import { grantsScope, type GenerateRequest } from "@osteon/contracts";
import { osteonError, type OsteonError } from "@osteon/errors";
import { cellOfConditions, conditionsOfProfile, publicConditionEdges } from "@osteon/generator";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Quotas } from "./quotas.ts";
import type { Allowance, SlidingQuota } from "./sliding-quota.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** Gives the patients back that a request was charged for. */
    refunds: readonly (() => void)[] | undefined;
  }
}

/** One quota that a request for patients counts against. */
interface Charge {
  readonly quota: SlidingQuota | undefined;
  readonly key: string;
  readonly refusal: "service.patient-quota" | "service.profile-quota";
  readonly shownToClient: boolean;
}

/** The cell of a profile without conditions: it asks about nobody. */
const anybody = 0;

/**
 * Makes the hook (after validation) that lets a request for patients pass if its sender may have so many. A request that
 * ends in an error is not charged.
 *
 * A generator behind an interface is an oracle: who asks for one profile again and again learns what the model knows of
 * the few patients behind it. So each cell of profiles, by the intervals of the floor on conditions, is given only so
 * often, to each principal and to all of them together.
 *
 * @throws `service.scope-missing`, `service.patient-quota`, `service.profile-quota`, `service.count-above-quota`
 */
export function createPatientAdmission(
  app: FastifyInstance,
  quotas: Quotas,
): (request: FastifyRequest) => Promise<void> {
  app.decorateRequest("refunds", undefined);
  app.addHook("onResponse", async (request, reply) => {
    if (reply.statusCode >= 400) request.refunds?.forEach((refund) => refund());
  });
  return async (request) => {
    const { principal } = request;
    if (principal === undefined) throw new TypeError("Patients are admitted after the guard of their route");
    const body = request.body as GenerateRequest;
    if (body.count > quotas.bulkAbove && !grantsScope(principal.scopes, "generate:bulk")) {
      throw osteonError("service.scope-missing", { scope: "generate:bulk" });
    }
    const charges = chargesOf(quotas, principal.id, cellOfConditions(publicConditionEdges, conditionsOfProfile(body)));
    // All are looked at before any is charged: what one refuses is not to be paid to another.
    const answers = charges.flatMap(({ quota, ...charge }) =>
      quota === undefined ? [] : [{ ...charge, quota, allowance: quota.check(charge.key, body.count) }],
    );
    const refused = answers.find(({ allowance }) => !allowance.allowed);
    if (refused === undefined) {
      request.refunds = answers.map(({ quota, key }) => quota.spend(key, body.count));
    }
    const shown = answers.filter(({ shownToClient }) => shownToClient);
    if (shown.length > 0) {
      request.allowances = [...(request.allowances ?? []), ...shown.map(({ quota, key }) => quota.check(key, 0))];
    }
    if (refused !== undefined) throw refusalOf(refused.allowance, refused.refusal);
  };
}

function chargesOf(quotas: Quotas, principal: string, cell: number): readonly Charge[] {
  const patients: Charge = {
    quota: quotas.patients,
    key: principal,
    refusal: "service.patient-quota",
    shownToClient: true,
  };
  if (cell === anybody) return [patients];
  const profile = { refusal: "service.profile-quota" } as const;
  return [
    patients,
    { ...profile, quota: quotas.profile, key: `${cell} ${principal}`, shownToClient: true },
    { ...profile, quota: quotas.profileInAll, key: `${cell}`, shownToClient: false },
  ];
}

function refusalOf({ quota: { limit }, retryAfterSeconds }: Allowance, code: Charge["refusal"]): OsteonError {
  if (!Number.isFinite(retryAfterSeconds)) return osteonError("service.count-above-quota", { limit });
  return code === "service.patient-quota"
    ? osteonError(code, { limit, retryAfterSeconds })
    : osteonError(code, { retryAfterSeconds });
}
