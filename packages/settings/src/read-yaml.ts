import { osteonError } from "@osteon/errors";
import {
  isMap,
  isNode,
  isScalar,
  LineCounter,
  parseDocument,
  visit,
  type Document,
  type ErrorCode,
  type Scalar,
} from "yaml";
import type { z } from "zod";
import type { PlaceOf } from "./describe-fault.ts";
import { interpolate } from "./interpolate.ts";
import type { SettingsKind } from "./parse-settings.ts";
import { readAs, schemaAt } from "./schema-at.ts";
import { containsSecret, looksLikeSecret } from "./secret-shapes.ts";

type Path = readonly PropertyKey[];

/** A YAML file as plain values. */
export interface YamlReading {
  /** With references filled in; a key without a value counts as left out. */
  readonly value: unknown;
  /** References that could not be filled in. */
  readonly faults: readonly { readonly path: Path; readonly sentence: string }[];
  readonly placeOf: PlaceOf;
}

const reasons: Partial<Record<ErrorCode, string>> = {
  BAD_INDENT: "this line is indented otherwise than its neighbours, or a [ or { before it is not closed",
  BLOCK_AS_IMPLICIT_KEY: "a second ': ' in one line; quote the value, or begin a new line",
  DUPLICATE_KEY: "the same key stands above already",
  MISSING_CHAR: "something is not closed or a ': ' is missing; inside { } and [ ] a ${…} must be quoted",
  MULTIPLE_DOCS: "a second document (---) begins here, and the file holds one",
  TAB_AS_INDENT: "a tab indents this line, and YAML takes spaces only",
  UNEXPECTED_TOKEN: "this character does not belong here; quote the value if it is part of it",
};

/**
 * Reads YAML: references to the environment become what their keys take.
 *
 * @throws what `syntaxFault` makes, `configuration.secret`
 */
export function readYaml(
  text: string,
  file: string,
  { schema, environment, syntaxFault }: Pick<SettingsKind<z.ZodType>, "schema" | "environment" | "syntaxFault">,
): YamlReading {
  refuseSecretLines(text, file);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const refuseSyntax = (offset: number, reason: string): never => {
    const { line, col: column } = lines.linePos(offset);
    throw syntaxFault({ line, column, reason });
  };
  const broken = document.errors[0] ?? document.warnings[0];
  if (broken) refuseSyntax(broken.pos[0], reasons[broken.code] ?? broken.code.toLowerCase().replaceAll("_", " "));
  visit(document, {
    // A few lines of them can unfold into more than memory holds, and nothing here is worth repeating.
    Alias: (_, node) => refuseSyntax(node.range?.[0] ?? 0, "aliases (*name) are not taken; write the value again"),
  });
  const raw: unknown = document.toJS();
  const placeOf: PlaceOf = (path) => `${nameOf(path)}${positionOf(document, lines, path)}`;
  const faults: { path: Path; sentence: string }[] = [];
  visit(document, {
    Scalar(role, node, ancestors) {
      if (typeof node.value !== "string") return;
      const { line, col: column } = lines.linePos(node.range?.[0] ?? 0);
      const refuse = (secret: string) => {
        if (looksLikeSecret(secret)) {
          throw osteonError("configuration.secret", { place: `${file}, line ${line}, column ${column},` });
        }
      };
      refuse(node.value);
      if (role === "key" || environment === undefined) return;
      const { text: filled, faults: found } = interpolate(node.value, environment);
      refuse(filled);
      if (filled === node.value && found.length === 0) return;
      const path = pathOf(ancestors, node);
      if (found.length > 0) faults.push({ path, sentence: found.join("; ") });
      else node.value = readAs(schemaAt(path, { schema, value: raw }), filled);
    },
  });
  return { value: withoutNulls(document.toJS()) ?? {}, faults, placeOf };
}

/** Remarks too: a key that was put behind a # is still in the file. */
function refuseSecretLines(text: string, file: string): void {
  const index = text.split("\n").findIndex(containsSecret);
  if (index >= 0) throw osteonError("configuration.secret", { place: `${file}, line ${index + 1},` });
}

/** `key_path:` with nothing after it, as a section is whose every line is a remark. */
function withoutNulls(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value).filter(([, member]) => member !== null);
  return Object.fromEntries(entries.map(([key, member]) => [key, withoutNulls(member)]));
}

function nameOf(path: Path): string {
  return path.length === 0 ? "the file" : path.map(String).join(".");
}

/** The keys and indices that lead to a scalar. */
function pathOf(ancestors: readonly unknown[], scalar: Scalar): Path {
  const path: PropertyKey[] = [];
  for (const [depth, ancestor] of ancestors.entries()) {
    const child = ancestors[depth + 1] ?? scalar;
    if (typeof ancestor !== "object" || ancestor === null) continue;
    if ("key" in ancestor && isScalar(ancestor.key)) path.push(String(ancestor.key.value));
    else if ("items" in ancestor && !isMap(ancestor)) path.push((ancestor.items as unknown[]).indexOf(child));
  }
  return path;
}

/** Where a key begins, or the nearest group around it that is in the file. */
function positionOf(document: Document, lines: LineCounter, path: Path): string {
  for (let depth = path.length; depth > 0; depth--) {
    const group: unknown = document.getIn(path.slice(0, depth - 1), true);
    const key = path[depth - 1];
    const pair = isMap(group) ? group.items.find((item) => isScalar(item.key) && item.key.value === key) : undefined;
    const node: unknown = pair?.key ?? document.getIn(path.slice(0, depth), true);
    if (!isNode(node) || !node.range) continue;
    const { line, col } = lines.linePos(node.range[0]);
    return ` (line ${line}, column ${col})`;
  }
  return "";
}
