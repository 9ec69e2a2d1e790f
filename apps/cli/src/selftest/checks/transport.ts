import { failed, passed, serviceCheck } from "../selftest-check.ts";

/** Whether nobody can read along. Plain HTTP to another computer was refused before anything was sent. */
export const transportCheck = serviceCheck(
  { name: "transport", title: "Nobody can read along on the way", kind: "security" },
  async (service) => {
    const { headers } = await service.ask({ path: "/health/live" });
    const encryption = service.encryption();
    if (encryption === undefined) {
      return passed("Plain HTTP, which does not leave this computer; to another one it would have been refused.");
    }
    if (headers["strict-transport-security"] === undefined) {
      return failed(
        `${encryption.protocol}, and no Strict-Transport-Security: a browser may be led to plain HTTP.`,
        "Give the service its certificate (service.tls), or say service.behind_proxy: true; see that the proxy keeps the header.",
      );
    }
    return passed(`${encryption.protocol}, the certificate holds, and browsers are told to stay with it.`);
  },
);
