import { driftAnswerSchema, type DriftAnswer, type DriftRecord } from "@osteon/contracts";
import { driftDirectoryOf } from "../../drift/drift-records.ts";
import { openDriftSource } from "../../drift/drift-source.ts";
import type { Installation } from "../installation.ts";
import { readAnswer } from "../read-answer.ts";
import {
  atMost,
  failed,
  isWithin,
  notChecked,
  passed,
  type CheckOutcome,
  type SelftestCheck,
  type SelftestSubject,
} from "../selftest-check.ts";
import type { ServiceUnderTest } from "../service-under-test.ts";

const dayMs = 86_400_000;
const again = "See `osteon drift check` and the service's log.";

/** Whether drift is computed, of late, and found none. */
export const driftCheck: SelftestCheck = {
  name: "drift",
  title: "Drift is computed",
  kind: "quality",
  run: async (subject) => {
    const { service, installation } = subject;
    const isReachable = service !== undefined && (await service.silence()) === undefined;
    const asked = isReachable ? await askService(service) : undefined;
    if (asked !== undefined && "state" in asked && installation === undefined) return asked;
    const answer = asked === undefined || "state" in asked ? await readFiles(installation) : asked;
    if (answer === undefined) return notChecked("The service does not answer.");
    const made = [answer.input, answer.output].filter((record) => record !== null);
    return made.length === 0 ? computeNow(subject) : judge(answer, subject);
  },
};

async function askService(service: ServiceUnderTest): Promise<DriftAnswer | CheckOutcome> {
  const answer = await service.ask({ path: "/drift", token: service.token });
  if (answer.status === 401 || answer.status === 403) {
    return notChecked("The service tells it to an accepted token alone.");
  }
  if (answer.status === 404) return notChecked("The service does not tell of drift.");
  return readAnswer(answer, driftAnswerSchema) ?? failed(`GET /drift is answered with ${answer.status}.`, again);
}

async function readFiles(installation: Installation | undefined): Promise<DriftAnswer | undefined> {
  if (installation === undefined) return undefined;
  const directory = driftDirectoryOf(installation.configuration, installation.place.directory);
  return openDriftSource(directory).read();
}

/** Where nothing is recorded yet, what the model gives can be compared on the spot. */
async function computeNow({ installation, signal }: SelftestSubject): Promise<CheckOutcome> {
  const comparison = await installation?.output(signal);
  if (comparison === undefined) {
    return failed(
      "No check of drift was ever made.",
      "Set drift.check_every_hours, or run `osteon drift check` weekly.",
    );
  }
  const { state } = comparison.at(-1)!;
  const finding = `Nothing was recorded before; computed now, what the model gives: ${state}.`;
  return state === "drift" ? failed(finding, again) : passed(finding);
}

function judge({ input, output }: DriftAnswer, { limits }: SelftestSubject): CheckOutcome {
  const questions: readonly (readonly [name: string, record: DriftRecord | null])[] = [
    ["patients", input],
    ["what the model gives", output],
  ];
  const made = questions.flatMap(([name, record]) => (record === null ? [] : [{ name, ...record }]));
  const broken = made.find(({ failure }) => failure !== null);
  if (broken?.failure)
    return failed(`The last check of ${broken.name} could not be made (${broken.failure.code}).`, again);
  const told = made.map(({ name, check }) => `${name}: ${check?.state ?? "not known"}`).join("; ");
  const oldest = Math.min(...made.map(({ checked_at: at }) => (at === null ? Number.NaN : Date.parse(at))));
  const age = atMost("age", Math.round(((Date.now() - oldest) / dayMs) * 10) / 10, "days", limits.driftDays);
  if (made.some(({ check }) => check?.state === "drift")) {
    return failed(`Drift is found; ${told}.`, "Do as `osteon drift check` says.", [age]);
  }
  return isWithin(age) ? passed(`${told}.`, [age]) : failed(`The last check is too old; ${told}.`, again, [age]);
}
