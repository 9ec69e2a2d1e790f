import type { Profile } from "@osteon/contracts";
import { OsteonError } from "@osteon/errors";
import type { FastifyRequest } from "fastify";

/** What an answer of `/generate` gives to whom, or why it is refused. */
export interface GenerationRecord {
  readonly requestId: string;
  readonly principal: string;
  readonly modelVersion: string;
  readonly format: string;
  readonly patientCount: number;
  readonly seed: number;
  /** May be a real patient's: whoever takes the record must neither keep nor tell it. */
  readonly profile: Profile;
  /** Code of the error, where too few training patients are like the profile; undefined where patients are given. */
  readonly refusal?: string;
}

/** Takes what is about to be answered. While it cannot, nothing is answered but the error that it throws. */
export interface GenerationAudit {
  record(record: GenerationRecord): Promise<void>;
}

/**
 * Makes an answer, or the first piece of it, and has it recorded before any of it leaves.
 *
 * @throws what recording throws, and what `make` throws: a refused profile after it was recorded
 */
export async function recordAnswer<T>(
  audit: GenerationAudit,
  request: FastifyRequest,
  asked: Pick<GenerationRecord, "modelVersion" | "format" | "patientCount" | "seed" | "profile">,
  make: () => Promise<T>,
): Promise<T> {
  const { survival_time, event_occurred, age, metastasis } = asked.profile;
  const record: GenerationRecord = {
    ...asked,
    profile: { survival_time, event_occurred, age, metastasis },
    requestId: request.id,
    principal: request.principal?.id ?? "unknown",
  };
  let answer: T;
  try {
    answer = await make();
  } catch (error) {
    if (error instanceof OsteonError && error.code === "generator.rare-profile") {
      await audit.record({ ...record, refusal: error.code });
    }
    throw error;
  }
  await audit.record(record);
  return answer;
}
