import { setTimeout as delay } from "node:timers/promises";
import { parseRateLimit, retryAfterSeconds } from "../rate-limit.ts";
import { atMost, failed, figure, isWithin, notChecked, passed, serviceCheck } from "../selftest-check.ts";
import type { CheckOutcome, SelftestSubject } from "../selftest-check.ts";
import type { ServiceAnswer } from "../service-client.ts";
import type { ServiceUnderTest } from "../service-under-test.ts";
import { countOf } from "../../terminal/amounts.ts";

/** What a clinician may ask for, from the narrowest on; the first that enough training patients are behind is taken. */
const profiles: readonly Readonly<Record<string, number>>[] = [
  { age: 15, metastasis: 0 },
  { metastasis: 0 },
  { event_occurred: 0 },
  {},
];
/** How long limits are waited for in all. */
const patienceSeconds = 120;
/** With fewer, the slowest of a hundred is not known. */
const fewestRequests = 100;

/** How long one patient takes, over a connection that is kept, one request after the other. */
export const latencyCheck = serviceCheck(
  { name: "latency", title: "A patient comes within a second", kind: "availability" },
  async (service, subject) => {
    if (service.token === undefined) {
      return notChecked("No token is given: name one by OSTEON_API_TOKEN or OSTEON_API_TOKEN_FILE.");
    }
    const profile = await findProfile(service);
    if ("state" in profile) return profile;
    return measure(service, subject, profile.profile);
  },
);

async function findProfile(
  service: ServiceUnderTest,
): Promise<{ readonly profile: (typeof profiles)[number] } | CheckOutcome> {
  let answer: ServiceAnswer | undefined;
  for (const profile of profiles) {
    answer = await askForPatient(service, profile);
    // Anything but “too few are behind this profile” is for the measuring to judge.
    if (answer.status !== 422) return { profile };
  }
  return failed(
    `Every profile is refused (${codeOf(answer!)}).`,
    "See the model's floor on conditions, and the service's log.",
  );
}

async function measure(
  service: ServiceUnderTest,
  { requests, limits, signal }: SelftestSubject,
  profile: (typeof profiles)[number],
): Promise<CheckOutcome> {
  const times: number[] = [];
  let waitedSeconds = 0;
  let connections = 0;
  while (times.length < requests) {
    const answer = await askForPatient(service, profile);
    const isLimit = answer.status === 429 || (answer.status === 503 && retryAfterSeconds(answer) !== undefined);
    if (answer.status !== 200 && !isLimit) {
      return failed(
        `Request ${times.length + 1} is answered with ${answer.status} (${codeOf(answer)}).`,
        answer.status === 401 || answer.status === 403
          ? "Give a token with the scope generate."
          : "See the service's log at this time.",
      );
    }
    if (answer.status === 200) {
      times.push(answer.durationMs);
      if (!answer.isReused) connections++;
    }
    // Waiting is asked for, and is no slowness: it is told beside the times.
    const waitSeconds = isLimit ? (retryAfterSeconds(answer) ?? 1) : secondsUntilAllowed(answer);
    if (waitSeconds === 0 || times.length === requests) continue;
    if (waitedSeconds + waitSeconds > patienceSeconds) break;
    waitedSeconds += waitSeconds;
    await delay(1_000 * waitSeconds, undefined, { signal });
  }
  return judge(times, { requests, waitedSeconds, connections, profile, p99Ms: limits.p99Ms });
}

interface Measured {
  readonly requests: number;
  readonly waitedSeconds: number;
  readonly connections: number;
  readonly profile: Readonly<Record<string, number>>;
  readonly p99Ms: number;
}

function judge(
  times: readonly number[],
  { requests, waitedSeconds, connections, profile, p99Ms }: Measured,
): CheckOutcome {
  const limited = `its limits stopped the test after ${times.length} of ${countOf(requests, "request")}`;
  if (times.length < fewestRequests) {
    return notChecked(`The service allows too few requests for now: ${limited}.`);
  }
  const sorted = times.toSorted((a, b) => a - b);
  const quantile = (share: number) => sorted[Math.ceil(share * sorted.length) - 1]!;
  const p99 = atMost("p99", round(quantile(0.99)), "ms", p99Ms);
  const figures = [figure("p50", round(quantile(0.5)), "ms"), p99, figure("max", round(quantile(1)), "ms")];
  const names = Object.keys(profile);
  const finding =
    `${countOf(times.length, "request")} of one patient (${names.length === 0 ? "no conditions" : `conditions: ${names.join(", ")}`}), ` +
    `one after the other, over ${countOf(Math.max(1, connections), "connection")}` +
    `${waitedSeconds > 0 ? `; ${Math.ceil(waitedSeconds)} s were waited for its limits` : ""}` +
    `${times.length < requests ? `; ${limited}` : ""}.`;
  return isWithin(p99)
    ? passed(finding, figures)
    : failed(finding, "See docs/performance.md: other load on the computer, and service.workers.", figures);
}

function askForPatient(service: ServiceUnderTest, profile: object): Promise<ServiceAnswer> {
  return service.ask({ method: "POST", path: "/generate", body: profile, token: service.token });
}

/** Until the first limit that is used up is open again; 0 where none is. */
function secondsUntilAllowed({ headers }: ServiceAnswer): number {
  const usedUp = parseRateLimit(headers["ratelimit"]).filter(({ remaining }) => remaining === 0);
  return Math.max(0, ...usedUp.map(({ resetSeconds }) => resetSeconds));
}

function codeOf({ body }: ServiceAnswer): string {
  try {
    const { code } = JSON.parse(body) as { readonly code?: unknown };
    return typeof code === "string" ? code : "no code";
  } catch {
    return "no code";
  }
}

function round(ms: number): number {
  return Math.round(ms * 10) / 10;
}
