import { readdir } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { catalogue, type ErrorCode } from "./catalogue.ts";
import type { ErrorDefinition } from "./definition.ts";
import { OsteonError, osteonError } from "./osteon-error.ts";

const entries = Object.entries(catalogue) as [ErrorCode, ErrorDefinition][];

async function readAreas(): Promise<{ file: string; definitions: Record<string, ErrorDefinition> }[]> {
  const files = (await readdir(new URL("catalogue", import.meta.url))).filter((file) => file.endsWith(".ts"));
  return Promise.all(
    files.map(async (file) => {
      const exported = (await import(`./catalogue/${file.replace(/\.ts$/, "")}.ts`)) as Record<
        string,
        Record<string, ErrorDefinition>
      >;
      return { file, definitions: Object.assign({}, ...Object.values(exported)) as Record<string, ErrorDefinition> };
    }),
  );
}

function placeholdersOf(text: string): string[] {
  return [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!);
}

describe("the error catalogue", () => {
  it("holds every entry of every area, and no code twice", async () => {
    const areas = await readAreas();
    expect(areas.length).toBeGreaterThan(5);
    const codes = areas.flatMap(({ definitions }) => Object.keys(definitions));
    expect(codes.filter((code, i) => codes.indexOf(code) !== i)).toEqual([]);
    expect(codes.toSorted()).toEqual(Object.keys(catalogue).toSorted());
  });

  it.each(entries)("%s is well formed", (code, { category, status, template, remedy, retryable }) => {
    expect(code).toMatch(/^[a-z]+(-[a-z]+)*\.[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(["input", "configuration", "security", "gate", "unavailable", "internal"]).toContain(category);
    expect(Number.isInteger(status)).toBe(true);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThanOrEqual(599);
    expect(typeof retryable).toBe("boolean");
    for (const text of [template, remedy]) {
      expect(text.trim()).toBe(text);
      expect(text.length).toBeGreaterThan(0);
      // The message joins them with full stops.
      expect(text).not.toMatch(/[.!]$/);
      // Braces that are no placeholder would stay in the message.
      expect(text.replaceAll(/\{\w+\}/g, "")).not.toMatch(/[{}]/);
    }
  });

  it.each(entries)("%s leaves no placeholder unfilled, in template or remedy", (code, { template, remedy }) => {
    const names = [...new Set([...placeholdersOf(template), ...placeholdersOf(remedy)])];
    const error = new OsteonError(code, Object.fromEntries(names.map((name, k) => [name, `value${k}`])));
    expect(error.message).not.toMatch(/\{\w+\}/);
    names.forEach((_, k) => expect(error.message).toContain(`value${k}`));
  });
});

describe("OsteonError", () => {
  it("builds its message from template and remedy, and keeps code, parameters and cause", () => {
    const cause = new Error("underneath");
    const error = osteonError("generator.too-few-patients", { patients: 7, minimum: 20 }, { cause });
    expect(error).toBeInstanceOf(Error);
    expect(error.name).toBe("OsteonError");
    expect(error.code).toBe("generator.too-few-patients");
    expect(error.parameters).toEqual({ patients: 7, minimum: 20 });
    expect(error.cause).toBe(cause);
    expect(error.definition).toBe(catalogue["generator.too-few-patients"]);
    expect(error.message).toBe(
      "The cohort has 7 patients; at least 20 are needed to fit a model. " +
        "Add patients, or loosen which data a patient must have (cohort.required).",
    );
  });

  it("does not expand placeholders that come in with a parameter", () => {
    const error = osteonError("safetensors.malformed", { reason: "{reason} $& {file}" });
    expect(error.message).toContain("{reason} $& {file}");
  });

  it("shows a zero", () => {
    expect(osteonError("generator.no-data", { what: "two genes", found: 0 }).message).toContain("the cohort has 0.");
  });
});
