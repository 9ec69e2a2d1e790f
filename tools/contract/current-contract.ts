import { acceptTokens, apiVersion, createService, hashToken } from "@osteon/service";
import { standInOperations } from "../../packages/service/src/testing/stand-in-operations.ts";
import type { ApiDocument } from "../../packages/service/src/openapi-document.ts";

/** Where the released contract of the present major version is kept. */
export const releasedContract = new URL(
  `../../packages/service/contract/openapi-${apiVersion.split(".")[0]}.json`,
  import.meta.url,
);

/** The contract as the service tells it now. */
export async function readCurrentContract(): Promise<ApiDocument> {
  const service = createService({
    model: () => undefined,
    authenticator: acceptTokens([hashToken("nobody's")]),
    ...standInOperations,
  });
  const document = (await service.inject({ url: "/openapi.json" })).json<ApiDocument>();
  await service.close();
  return document;
}

/** A contract as it is kept. */
export function formatContract(document: ApiDocument): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}
