import { queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import { ask, send, ServiceFault } from "./ask.ts";
import { endsWhole } from "./ends-whole.ts";
import { bodyOf, type GenerationOrder } from "./generate.ts";

const openApiSchema = z.looseObject({
  paths: z.record(
    z.string(),
    z.record(
      z.string(),
      z.looseObject({ responses: z.record(z.string(), z.looseObject({ content: z.record(z.string(), z.unknown()) })) }),
    ),
  ),
});

/** Media types that the service gives patients in. */
export const formatsQuery = queryOptions({
  queryKey: ["formats"],
  queryFn: async ({ signal }) => {
    const { paths } = await ask("/openapi.json", openApiSchema, { signal });
    return Object.keys(paths["/generate"]?.["post"]?.responses["200"]?.content ?? {});
  },
  staleTime: Infinity,
});

interface FetchOptions {
  readonly signal: AbortSignal;
  /** Told how many bytes have come so far. */
  readonly onBytes: (bytes: number) => void;
}

/**
 * The file of an order, with all of each patient, in one of the service's formats.
 *
 * @throws ServiceFault of the kind `broken-off` where the file is not all there
 */
export async function fetchFile(
  order: GenerationOrder,
  mediaType: string,
  { signal, onBytes }: FetchOptions,
): Promise<Blob> {
  const response = await send("/generate", {
    method: "POST",
    body: bodyOf(order),
    headers: { accept: mediaType },
    signal,
  });
  const given = response.headers.get("content-type")?.split(";", 1)[0];
  if (given !== mediaType) throw new ServiceFault("refused", `The service gave ${given ?? "no format"} in its place`);
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  try {
    const reader = response.body!.getReader();
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      pieces.push(next.value);
      onBytes((bytes += next.value.length));
    }
  } catch (error) {
    if (signal.aborted) throw error;
    throw brokenOff();
  }
  const file = new Blob(pieces, { type: mediaType });
  if (!endsWhole(new Uint8Array(await file.arrayBuffer()), mediaType, order.count)) throw brokenOff();
  return file;
}

function brokenOff(): ServiceFault {
  return new ServiceFault("broken-off", "The file broke off before its end.");
}
