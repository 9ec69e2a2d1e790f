import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { compileKernels } from "../../tools/build-kernels.ts";

it("the committed kernels are what their source compiles to", async () => {
  const committed = await readFile(new URL("../../packages/numerics/src/kernels/binary.ts", import.meta.url), "utf8");
  // Formatters may break the one long line elsewhere.
  const binaryOf = (module: string) => /"([A-Za-z0-9+/=]+)"/.exec(module)?.[1];
  expect(binaryOf(committed)).toBeDefined();
  expect(binaryOf(await compileKernels())).toBe(binaryOf(committed));
}, 30_000);
