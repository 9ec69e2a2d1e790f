import { readFile } from "node:fs/promises";
import { Ajv } from "ajv";

const parts = ["spdx", "jsf-0.82"];

/**
 * Reads CycloneDX's own schema, which takes some seconds.
 *
 * @returns a function that says what is wrong with a bill, one text for each fault; empty for a valid one
 */
export async function readBillValidator(): Promise<(bill: unknown) => string[]> {
  // The schema states defaults and formats that it does not bind anybody to.
  const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
  for (const part of parts) ajv.addSchema(await readSchema(part));
  const validate = ajv.compile(await readSchema("bom-1.5"));
  return (bill) => {
    if (validate(bill)) return [];
    return [
      ...new Set((validate.errors ?? []).map(({ instancePath, message }) => `${instancePath || "/"} ${message}`)),
    ];
  };
}

async function readSchema(name: string): Promise<object> {
  return JSON.parse(await readFile(new URL(`schema/${name}.schema.json`, import.meta.url), "utf8")) as object;
}
