import { driftAnswerSchema, type DriftCheck, type DriftRecord, type VariableDrift } from "@osteon/contracts";
import { queryOptions } from "@tanstack/react-query";
import { askAgainEvery } from "./ask-again.ts";
import { ask } from "./ask.ts";

export type { DriftCheck, DriftRecord, VariableDrift };

export const driftQuery = queryOptions({
  queryKey: ["drift"],
  queryFn: ({ signal }) => ask("/drift", driftAnswerSchema, { signal }),
  refetchInterval: askAgainEvery(60_000),
});
