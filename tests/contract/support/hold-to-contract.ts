import { acceptTokens, createService, hashToken, type RequestFinished } from "@osteon/service";
import fc from "fast-check";
import type { ApiDocument } from "../../../packages/service/src/openapi-document.ts";
import { standInOperations } from "../../../packages/service/src/testing/stand-in-operations.ts";
import { exampleSummary } from "../../../packages/service/src/testing/web-service.ts";
import { createDescribedModel } from "./described-model.ts";
import { anyRequest } from "./arbitrary-request.ts";
import { AnswerCheck } from "./check-answer.ts";

const token = "token-of-the-contract-test";

/** What came of requests that were generated from the document. */
export interface Conduct {
  /** How many answers of each status, by operation. */
  readonly statuses: ReadonlyMap<string, number>;
  readonly events: readonly RequestFinished[];
}

/**
 * Sends so many requests, generated from the service's own document, and holds every answer against it.
 *
 * @throws fast-check's report with the smallest request whose answer is not as documented
 */
export async function holdToContract(requests: number): Promise<Conduct> {
  const events: RequestFinished[] = [];
  const statuses = new Map<string, number>();
  const model = await createDescribedModel();
  // An answer that goes on for ever cannot be held against anything.
  const { run: _endless, ...web } = standInOperations.web;
  const { version } = exampleSummary;
  const service = createService({
    // A busy machine must not make tests be refused for it.
    loadLimits: { requests: 256, patients: 4_000, eventLoopDelayMs: 60_000, answerMs: 600_000 },
    model: () => model,
    authenticator: acceptTokens([hashToken(token)]),
    observer: { onRequestFinished: (event) => void events.push(event) },
    ...standInOperations,
    web,
  });
  try {
    const document = (await service.inject({ url: "/openapi.json" })).json<ApiDocument>();
    const check = new AnswerCheck(document);
    const { cohort, pathways } = await model.generate({ conditions: {}, seed: 1, firstIndex: 0, count: 0 });
    const genes = [...cohort.mutations.genes, ...cohort.expression.genes];
    await fc.assert(
      fc.asyncProperty(anyRequest(document, { token, genes, pathways: pathways.names, version }), async (request) => {
        const answer = await service.inject(request.options);
        const fault = check.findFault(request, answer);
        if (fault !== undefined)
          throw new Error(`${request.method} ${request.path}: ${fault}\n${answer.body.slice(0, 500)}`);
        const name = `${request.method.toUpperCase()} ${request.path} ${answer.statusCode}`;
        statuses.set(name, (statuses.get(name) ?? 0) + 1);
      }),
      { numRuns: requests },
    );
  } finally {
    await service.close();
  }
  return { statuses, events };
}
