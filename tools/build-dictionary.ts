import { readFile, writeFile } from "node:fs/promises";
import { composeDictionary } from "./dictionary/compose-dictionary.ts";

const target = new URL("../docs/data-dictionary.md", import.meta.url);

const composed = composeDictionary();
if (!process.argv.includes("--check")) await writeFile(target, composed);
else if (composed !== (await readFile(target, "utf8"))) {
  throw new Error("docs/data-dictionary.md is out of date: run `npm run build:dictionary`");
}
