import { createHash } from "node:crypto";
import { listMappedFiles, readFiles, readMapping } from "@osteon/connectors";
import type { Configuration } from "@osteon/contracts";
import { osteonError } from "@osteon/errors";
import { digestFiles } from "../file-digests.ts";
import type { Source } from "./source.ts";

type Settings = Extract<Configuration["data"], { source: "files" }>;

/** Files that a mapping names. */
export function openFilesSource({ mapping: path, ...settings }: Settings): Source {
  return {
    settings,
    digest: async () => {
      const mapping = await readMapping(path);
      // Where the files lie is none of the content, and may name somebody.
      const { directory, ...stated } = mapping;
      const files = listMappedFiles(mapping);
      return {
        mapping: createHash("sha256").update(JSON.stringify(stated)).digest("hex"),
        files: await digestFiles(directory, files).catch((error: unknown) => {
          throw unreadable(error, files);
        }),
      };
    },
    read: async (options) => readFiles(await readMapping(path), options),
  };
}

/** A file that is not there is told by its name in the mapping, as reading it would tell it. */
function unreadable(error: unknown, files: readonly string[]): unknown {
  const { code, path } = error as NodeJS.ErrnoException;
  const file = files.find((name) => path?.endsWith(name));
  return file === undefined || code === undefined
    ? error
    : osteonError("connectors.unreadable", { file, reason: code });
}
