import { osteonError } from "@osteon/errors";

/**
 * JSON with sorted keys and no white space, so that equal values give equal bytes and digests.
 * Source: RFC 8785 (JSON Canonicalization Scheme), whose number format is that of ECMAScript.
 *
 * Properties that are undefined are left out, as JSON.stringify does. Everything else that JSON
 * would change silently (NaN, infinities, typed arrays, Maps, functions, …) is refused.
 *
 * @param name how error messages call the document
 * @throws `registry.document` with the place inside it
 */
export function encodeCanonicalJson(value: unknown, name: string): string {
  return encode(value, "its root", name);
}

function encode(value: unknown, place: string, name: string): string {
  if (value === null || typeof value === "boolean" || typeof value === "string") return JSON.stringify(value);
  if (typeof value === "number" && Number.isFinite(value)) return JSON.stringify(value);
  if (Array.isArray(value)) {
    return `[${value.map((entry: unknown, index) => encode(entry, `[${index}]`, name)).join(",")}]`;
  }
  if (!isPlainObject(value)) throw osteonError("registry.document", { name, place, found: describe(value) });
  const members = Object.keys(value)
    .filter((key) => value[key] !== undefined)
    .toSorted()
    .map((key) => `${JSON.stringify(key)}:${encode(value[key], key, name)}`);
  return `{${members.join(",")}}`;
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

function describe(value: unknown): string {
  if (typeof value === "number") return "a number that is not finite";
  if (typeof value === "object") return `a ${value?.constructor.name ?? "value"}`;
  return value === undefined ? "undefined" : `a ${typeof value}`;
}
