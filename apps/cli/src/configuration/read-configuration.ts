import { readFile } from "node:fs/promises";
import { configurationSchema, describeAllowedValues, type Configuration } from "@osteon/contracts";
import { osteonError } from "@osteon/errors";
import { isNode, LineCounter, parseDocument, visit, type Document } from "yaml";
import { z } from "zod";
import { interpolate } from "./interpolate.ts";
import { looksLikeSecret } from "./secret-shapes.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads a YAML configuration, fills in `${ENV}` references and defaults, and checks it whole.
 *
 * @throws `configuration.unreadable`, `.syntax`, `.secret`, and `.invalid` with every fault, its key, line and column
 */
export async function readConfiguration(file: string, environment: Environment): Promise<Configuration> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? "unknown reason";
    throw osteonError("configuration.unreadable", { file, reason }, { cause: error });
  }
  return parseConfiguration(text, file, environment);
}

/** {@link readConfiguration} of a text; `file` is how messages call it. */
export function parseConfiguration(text: string, file: string, environment: Environment): Configuration {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const broken = document.errors[0];
  if (broken) {
    const { line, col: column } = lines.linePos(broken.pos[0]);
    throw osteonError("configuration.syntax", { file, line, column, reason: broken.code });
  }
  const placeOf = (path: readonly PropertyKey[]) => `${path.join(".")}${positionOf(document, lines, path)}`;
  const faults: string[] = [];
  visit(document, {
    Scalar(_, node, ancestors) {
      if (typeof node.value !== "string") return;
      const { text: filled, missing } = interpolate(node.value, environment);
      const { line, col: column } = lines.linePos(node.range?.[0] ?? 0);
      for (const { variable } of missing) {
        faults.push(`line ${line}, column ${column}: the environment variable ${variable} is not set`);
      }
      if (looksLikeSecret(filled)) {
        throw osteonError("configuration.secret", { place: `${file}, line ${line}, column ${column},` });
      }
      // What was a reference may stand for a number: read again as YAML would have.
      const isKey = ancestors.at(-1) !== undefined && "key" in ancestors.at(-1)! && ancestors.at(-1)!.key === node;
      if (filled !== node.value && !isKey) node.value = parseDocument(filled).toJS() as unknown;
    },
  });
  const value: unknown = document.toJS() ?? {};
  const parsed = configurationSchema.safeParse(value);
  if (!parsed.success) faults.push(...parsed.error.issues.flatMap((issue) => describeIssue(issue, placeOf)));
  if (faults.length > 0) {
    throw osteonError("configuration.invalid", { count: faults.length, faults: `\n  ${faults.join("\n  ")}\n` });
  }
  return deepFreeze(parsed.data!);
}

/** The configuration of defaults, with the given parts in their place; for callers without a file. */
export function configurationWith(parts: z.input<typeof configurationSchema>): Configuration {
  return deepFreeze(configurationSchema.parse(parts));
}

function describeIssue(issue: z.core.$ZodIssue, placeOf: (path: readonly PropertyKey[]) => string): string[] {
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => `${placeOf([...issue.path, key])}: no such key`);
  }
  const schema = schemaAt(issue.path);
  const allowed = schema ? `must be ${describeAllowedValues(schema)}` : issue.message;
  return [`${placeOf(issue.path)}: ${issue.code === "invalid_format" ? issue.message : allowed}`];
}

/** The schema of a key, where it can be followed through objects alone. */
function schemaAt(path: readonly PropertyKey[]): z.core.$ZodType | undefined {
  let schema: z.core.$ZodType | undefined = configurationSchema;
  for (const key of path) {
    while (schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault || schema instanceof z.ZodOptional) {
      schema = schema.unwrap();
    }
    schema = schema instanceof z.ZodObject ? (schema.shape as Record<string, z.core.$ZodType>)[String(key)] : undefined;
  }
  return schema instanceof z.ZodObject ? undefined : schema;
}

function positionOf(document: Document, lines: LineCounter, path: readonly PropertyKey[]): string {
  for (let depth = path.length; depth > 0; depth--) {
    const node = document.getIn(path.slice(0, depth), true);
    if (isNode(node) && node.range) {
      const { line, col } = lines.linePos(node.range[0]);
      return ` (line ${line}, column ${col})`;
    }
  }
  return "";
}

function deepFreeze<T>(value: T): T {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) deepFreeze(part);
  }
  return value;
}
