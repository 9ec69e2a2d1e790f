import { modelDescriptionSchema } from "@osteon/contracts";
import { seedGate } from "@osteon/evaluation";
import type { PackageFacts, ProductionMove } from "@osteon/registry";
import { readAnswer } from "../read-answer.ts";
import { atLeast, failed, notChecked, passed, type CheckOutcome, type SelftestCheck } from "../selftest-check.ts";
import type { ServiceUnderTest } from "../service-under-test.ts";

/** The gate as it was judged when the model was sealed, and as a promotion asks it. */
interface Judged {
  readonly gate: PackageFacts["gate"];
  readonly score: { readonly value: number; readonly lower: number | null; readonly upper: number | null } | null;
  /** The move that asked the gate; undefined where the registry is elsewhere. */
  readonly promotion: ProductionMove | undefined;
}

/** Whether the model on air passed the release gate. Its score alone decides nothing: the gate asks for more. */
export const releaseGateCheck: SelftestCheck = {
  name: "release-gate",
  title: "The model on air passed the release gate",
  kind: "quality",
  run: async ({ service, installation, acceptOverride }) => {
    if (installation !== undefined) {
      const onAir = await installation.onAir();
      if (onAir === undefined) return notChecked("Nothing is on air.");
      const { facts, promotion } = onAir;
      return judge({ gate: facts.gate, score: facts.calibratedScore, promotion }, acceptOverride);
    }
    if (service === undefined || (await service.silence()) !== undefined) {
      return notChecked("The service does not answer.");
    }
    const judged = await askService(service);
    return "state" in judged ? judged : judge(judged, acceptOverride);
  },
};

async function askService(service: ServiceUnderTest): Promise<Judged | CheckOutcome> {
  const answer = await service.ask({ path: "/models/current", token: service.token });
  if (answer.status === 401 || answer.status === 403) {
    return notChecked("The service tells it to a token with the scope generate alone.");
  }
  const description = readAnswer(answer, modelDescriptionSchema);
  if (description === undefined) {
    return failed(`GET /models/current is answered with ${answer.status}.`, "See the service's log.");
  }
  const { evaluation } = description;
  if (evaluation === null) return notChecked("The model tells no scores, as one with differential privacy does not.");
  return { gate: evaluation.gate, score: evaluation.biological_score, promotion: undefined };
}

function judge({ gate, score, promotion }: Judged, acceptOverride: boolean): CheckOutcome {
  const figures = score === null ? [] : [atLeast("calibrated score", round(score.value), "", seedGate)];
  const interval =
    score === null || score.lower === null || score.upper === null
      ? "No score could be calibrated"
      : `Interval of the score ${score.lower.toFixed(2)} to ${score.upper.toFixed(2)}`;
  if (gate.passed === true) return passed(`${interval}; every check of the gate was passed.`, figures);
  const verdict = gate.passed === null ? "cannot be told" : "not passed";
  const reasons = gate.reasons.map((reason) => ` ${reason.replace(/\.?$/, ".")}`).join("");
  const finding = `${interval}; the gate: ${verdict}.${reasons}`;
  if (promotion !== undefined && promotion.overridden.length > 0) {
    const { by, at, reason } = promotion;
    const override = `${finding} It was overridden by ${by} on ${at.slice(0, 10)}: “${reason}”.`;
    if (acceptOverride) return notChecked(override, figures);
    return failed(
      override,
      "Train a better model; --accept-override counts an override as told, not as failed.",
      figures,
    );
  }
  return failed(finding, "Train a better model, or roll back: `osteon models rollback`.", figures);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
