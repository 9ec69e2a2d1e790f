import { problemSchema, sessionRequestHeader, type Problem } from "@osteon/contracts";
import type { z } from "zod";

/** What kept an answer away, in the kinds that pages tell apart. */
export type FaultKind =
  | "away"
  | "signed-out"
  | "forbidden"
  | "missing"
  | "no-model"
  | "refused"
  | "broken-off"
  | "failed";

/** A request that was not answered with what was asked for. */
export class ServiceFault extends Error {
  readonly kind: FaultKind;
  /** Undefined where the service did not say why. */
  readonly problem: Problem | undefined;

  constructor(kind: FaultKind, message: string, problem?: Problem) {
    super(message);
    this.name = "ServiceFault";
    this.kind = kind;
    this.problem = problem;
  }
}

export interface Request {
  readonly method?: "GET" | "POST" | "DELETE";
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  /** Answered as it stands, not as a fault. */
  readonly accept?: readonly number[];
}

/**
 * Asks the service; the browser adds the session's cookie.
 *
 * @throws ServiceFault
 */
export async function send(path: string, request: Request = {}): Promise<Response> {
  const { method = "GET", body, headers, signal, accept = [] } = request;
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      credentials: "same-origin",
      headers: {
        [sessionRequestHeader]: "1",
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    });
  } catch (error) {
    if (signal?.aborted === true) throw error;
    throw new ServiceFault("away", "The service does not answer");
  }
  if (response.ok || accept.includes(response.status)) return response;
  throw await faultOf(response);
}

/** As {@link send}, with the answer held against its contract. */
export async function ask<T>(path: string, schema: z.ZodType<T>, request: Request = {}): Promise<T> {
  const response = await send(path, request);
  const parsed = schema.safeParse(await response.json().catch(() => undefined));
  if (parsed.success) return parsed.data;
  throw unknownForm();
}

/** An answer that does not hold what its contract says. */
export function unknownForm(): ServiceFault {
  return new ServiceFault("failed", "The service’s answer is not of the form that this application knows");
}

async function faultOf(response: Response): Promise<ServiceFault> {
  const problem = problemSchema.safeParse(await response.json().catch(() => undefined)).data;
  const message = problem?.detail ?? `The service answered with status ${response.status}`;
  return new ServiceFault(kindOf(response.status, problem), message, problem);
}

function kindOf(status: number, problem: Problem | undefined): FaultKind {
  if (problem?.code === "service.no-model") return "no-model";
  if (status === 401) return "signed-out";
  if (status === 403) return "forbidden";
  if (status === 404) return "missing";
  // A proxy that cannot reach the service.
  if (problem === undefined && status >= 502) return "away";
  return status < 500 ? "refused" : "failed";
}
