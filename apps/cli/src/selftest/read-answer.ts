import type { z } from "zod";
import type { ServiceAnswer } from "./service-client.ts";

/** An answer's body as the contract has it; undefined where it is something else. */
export function readAnswer<T>({ body }: Pick<ServiceAnswer, "body">, schema: z.ZodType<T>): T | undefined {
  try {
    return schema.parse(JSON.parse(body));
  } catch {
    return undefined;
  }
}
