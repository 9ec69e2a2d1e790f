import {
  healthSchema,
  cardTextSchema,
  modelDetailSchema,
  modelHistorySchema,
  modelListSchema,
  modelMoveSchema,
  modelReferenceSchema,
  profileSupportSchema,
  type ModelMove,
  type Profile,
  type PromoteRequest,
  type RollbackRequest,
} from "@osteon/contracts";
import { queryOptions } from "@tanstack/react-query";
import { askAgainEvery } from "./ask-again.ts";
import { ask } from "./ask.ts";

/** 503 is an answer too: no model is loaded. */
export const healthQuery = queryOptions({
  queryKey: ["health"],
  queryFn: ({ signal }) => ask("/health", healthSchema, { signal, accept: [503] }),
  refetchInterval: askAgainEvery(10_000),
});

export const modelsQuery = queryOptions({
  queryKey: ["models"],
  queryFn: ({ signal }) => ask("/models", modelListSchema, { signal }),
  refetchInterval: askAgainEvery(30_000),
});

export const historyQuery = queryOptions({
  queryKey: ["models", "history"],
  queryFn: ({ signal }) => ask("/models/history", modelHistorySchema, { signal }),
  refetchInterval: askAgainEvery(30_000),
});

export const modelQuery = (version: string) =>
  queryOptions({
    queryKey: ["models", version],
    queryFn: ({ signal }) => ask(`/models/${version}`, modelDetailSchema, { signal }),
  });

export const cardQuery = (version: string) =>
  queryOptions({
    queryKey: ["models", version, "card"],
    queryFn: ({ signal }) => ask(`/models/${version}/card`, cardTextSchema, { signal }),
    staleTime: Infinity,
  });

export const referenceQuery = (version: string) =>
  queryOptions({
    queryKey: ["models", version, "reference"],
    queryFn: ({ signal }) => ask(`/models/${version}/reference`, modelReferenceSchema, { signal }),
    staleTime: Infinity,
  });

export const supportQuery = (profile: Profile, version: string) =>
  queryOptions({
    queryKey: ["support", version, profile],
    queryFn: ({ signal }) =>
      ask("/models/current/support", profileSupportSchema, { method: "POST", body: profile, signal }),
    staleTime: Infinity,
  });

export function promote(version: string, request: PromoteRequest): Promise<ModelMove> {
  return ask(`/models/${version}/promote`, modelMoveSchema, { method: "POST", body: request });
}

export function rollBack(request: RollbackRequest): Promise<ModelMove> {
  return ask("/models/rollback", modelMoveSchema, { method: "POST", body: request });
}
