import { readFile, writeFile } from "node:fs/promises";
import { main } from "assemblyscript/asc";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const target = new URL("../packages/numerics/src/kernels/binary.ts", import.meta.url);

/** Compiles packages/numerics/kernels and returns the TypeScript module that carries the binary. */
export async function compileKernels(): Promise<string> {
  let binary: Uint8Array | undefined;
  const result = await main(
    [
      "packages/numerics/kernels/index.ts",
      "--outFile=kernels.wasm",
      `--baseDir=${root}`,
      "--runtime=stub",
      "--enable=simd",
      "--optimizeLevel=3",
      "--noAssert",
      "--initialMemory=2",
    ],
    {
      writeFile: (name, contents) => {
        if (name.endsWith(".wasm")) binary = contents as Uint8Array;
      },
    },
  );
  if (result.error || !binary) throw new Error("the kernels do not compile", { cause: result.error });
  const base64 = Buffer.from(binary).toString("base64");
  return [
    "// Compiled from packages/numerics/kernels by `npm run build:kernels`; a test holds the two equal.",
    `export const kernelsBase64 =\n  "${base64}";`,
    "",
  ].join("\n");
}

if (import.meta.main) {
  const compiled = await compileKernels();
  if (!process.argv.includes("--check")) await writeFile(target, compiled);
  else if (compiled !== (await readFile(target, "utf8"))) {
    throw new Error("packages/numerics/src/kernels/binary.ts is out of date: run `npm run build:kernels`");
  }
}
