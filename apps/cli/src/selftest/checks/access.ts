import { randomBytes } from "node:crypto";
import { failed, notChecked, passed, serviceCheck, type CheckOutcome } from "../selftest-check.ts";
import type { ServiceUnderTest } from "../service-under-test.ts";

/** An attempt that has to be refused. */
interface Attempt {
  readonly who: string;
  readonly method?: "GET" | "POST";
  readonly path: string;
  readonly token?: string;
}

const revoke =
  "Take the service off the network, and see service.keys_directory, service.oidc and the proxy before it.";

/** Whether the service refuses whoever may not ask. Nothing is asked for that would change anything. */
export const accessCheck = serviceCheck(
  { name: "access", title: "Whoever may not ask is refused", kind: "security" },
  async (service) => {
    const stranger = randomBytes(32).toString("hex");
    const attempts: readonly Attempt[] = [
      { who: "without a token", method: "POST", path: "/generate" },
      { who: "without a token", path: "/usage" },
      { who: "with a wrong token", method: "POST", path: "/generate", token: stranger },
    ];
    for (const { who, method = "GET", path, token } of attempts) {
      const { status } = await service.ask({ method, path, token, ...(method === "POST" && { body: {} }) });
      if (status === 429) return notChecked("Too many wrong tokens came from this address; try again in a minute.");
      if (status !== 401) return failed(`${method} ${path} ${who} is answered with ${status}, not with 401.`, revoke);
    }
    return judgeScope(service);
  },
);

/** A token without a scope has to be refused with 403; one that has every scope tells nothing. */
async function judgeScope(service: ServiceUnderTest): Promise<CheckOutcome> {
  const refused = "No token and a wrong one are refused (401)";
  const { token } = service;
  if (token === undefined) return passed(`${refused}; without a token of one's own, scopes cannot be told.`);
  const { status } = await service.ask({ path: "/usage", token });
  if (status === 403) return passed(`${refused}, and the token given where it lacks the scope (403).`);
  if (status === 401) return failed("The token given is not accepted.", "Give a key that is neither revoked nor over.");
  return passed(`${refused}; the token given has the scope audit:read, so that one without cannot be told.`);
}
