import { setTimeout as delay } from "node:timers/promises";
import { healthSchema } from "@osteon/contracts";
import { readAnswer } from "../read-answer.ts";
import { failed, noInstallation, notChecked, passed, serviceCheck } from "../selftest-check.ts";
import type { ServiceUnderTest } from "../service-under-test.ts";

/** A service looks as often at what is on air. */
const pauseMs = 1_000;

/** Whether what is served is what the registry says is on air. */
export const versionCheck = serviceCheck(
  { name: "version", title: "What is served is what is on air", kind: "security" },
  async (service, { installation, limits, signal }) => {
    if (installation === undefined) return notChecked(noInstallation);
    const onAir = await installation.onAir();
    if (onAir === undefined) return notChecked("Nothing is on air in the registry.");
    const { version } = onAir.move;
    const until = performance.now() + limits.takeUpMs;
    let served = await readVersion(service);
    while (served !== version && performance.now() < until) {
      await delay(pauseMs, undefined, { signal });
      served = await readVersion(service);
    }
    if (served === version) return passed(`Both say ${version}.`);
    return failed(
      `The service serves ${served ?? "nothing"}, and ${version} is on air.`,
      "See model.refused in the service's log, and whether it was started on this registry.",
    );
  },
);

async function readVersion(service: ServiceUnderTest): Promise<string | null | undefined> {
  return readAnswer(await service.ask({ path: "/health" }), healthSchema)?.model_version;
}
