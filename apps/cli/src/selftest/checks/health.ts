import { healthSchema, readinessSchema } from "@osteon/contracts";
import { failed, notChecked, passed, type SelftestCheck } from "../selftest-check.ts";
import { readAnswer } from "../read-answer.ts";

/** Whether the service answers, has a model, and takes requests. */
export const healthCheck: SelftestCheck = {
  name: "health",
  title: "The service answers, and is ready",
  kind: "availability",
  run: async ({ service }) => {
    if (service === undefined) return notChecked("No service is named: give its address by --url.");
    const silence = await service.silence();
    if (silence !== undefined) {
      return failed(
        `It does not answer (${silence}).`,
        /CERT|SIGNATURE|ERR_TLS/.test(silence)
          ? "Name the authority of its certificate by NODE_EXTRA_CA_CERTS, and use the name that stands in the certificate."
          : "See whether it runs, whether address and port are right, and its log.",
      );
    }
    const health = readAnswer(await service.ask({ path: "/health" }), healthSchema);
    const readiness = readAnswer(await service.ask({ path: "/health/ready" }), readinessSchema);
    if (health === undefined || readiness === undefined) {
      return failed("It answers, and not as Osteon does.", "See whether the address is that of an Osteon service.");
    }
    if (!health.model_loaded) return failed("No model is loaded.", "Promote one: `osteon models promote`.");
    if (readiness.status !== "ready") {
      return failed(`It is not ready (${readiness.reason}).`, "Wait until it has started, or see why it is ending.");
    }
    return passed(`Model ${health.model_version} is loaded.`);
  },
};
