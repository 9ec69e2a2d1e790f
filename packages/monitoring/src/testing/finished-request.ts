import type { RequestFinished } from "@osteon/service";

/** A request that was answered with one patient, with some of its parts in place of these. */
export function finishedRequest(parts: Partial<RequestFinished> = {}): RequestFinished {
  return {
    requestId: "6f1c7a52-0f0b-4c57-9a7e-2f6f6f0f6a51",
    principal: "token-1",
    method: "POST",
    route: "/generate",
    status: 200,
    completed: true,
    durationMs: 12,
    handled: { fromMs: 1, untilMs: 11 },
    patientCount: 1,
    ...parts,
  };
}
