import { Document, isMap, parseDocument } from "yaml";

/** A key, from the root, and the value it gets. */
export type SettingsChange = readonly [keys: readonly string[], value: unknown];

/**
 * Sets keys of a YAML text, whose remarks and other keys stay; groups that are missing are made.
 *
 * @param whereThere keys that are set only where the text sets them, and not by a reference to the environment
 */
export function changeSettings(
  text: string,
  changes: readonly SettingsChange[],
  whereThere: readonly SettingsChange[] = [],
): string {
  const parsed = parseDocument(text);
  // A text of remarks alone holds nothing to set keys in.
  const document = isMap(parsed.contents) ? parsed : new Document({});
  // A plain value takes the place of another one's within its node, which keeps the remark beside it.
  const set = ([keys, value]: SettingsChange): void =>
    document.setIn(keys, typeof value === "object" ? document.createNode(value) : value);
  for (const change of whereThere) {
    const [keys] = change;
    if (document.hasIn(keys) && !String(document.getIn(keys)).includes("${")) set(change);
  }
  for (const change of changes) set(change);
  return document.toString({ lineWidth: 0 });
}
