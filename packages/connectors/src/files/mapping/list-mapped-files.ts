import type { FileMapping } from "./mapping-schema.ts";

/** The files that a mapping names, inside its directory, sorted. */
export function listMappedFiles(mapping: FileMapping): readonly string[] {
  const { patients, samples, mutations, copy_number, expression } = mapping;
  const files = [patients, samples, mutations, copy_number, expression].flatMap((section) => section?.file ?? []);
  return [...new Set(files)].sort();
}
