import { join } from "node:path";
import { OsteonError, osteonError } from "@osteon/errors";
import type { Dataset, Entity, File, Group } from "h5wasm/node";
import type { FolderContext } from "../../text/folder-context.ts";

/** An open HDF5 file. Only the parts that are asked for by name are ever read. */
export interface H5File extends Disposable {
  readonly name: string;
  /** @throws files.h5ad-part, .h5ad-encoding */
  group(path: string, encodings: readonly string[]): Group;
  dataset(path: string): Dataset;
  /** Undefined where there is none, or a link to another file. */
  find(path: string): Group | Dataset | undefined;
  /** Does something with the file; what the library throws holds paths and is not repeated. */
  attempt<T>(use: () => T): T;
}

/** Opens a file that is there; the library is loaded when it is first needed. @throws files.h5ad */
export async function openH5ad({ directory, signal }: FolderContext, name: string): Promise<H5File> {
  const { File, ready } = await import("h5wasm/node");
  const library = await ready;
  // Without this the library prints a trace of every failure, with the path, on the terminal.
  library.activate_throwing_error_handler();
  const attempt = <T>(use: () => T): T => {
    signal?.throwIfAborted();
    try {
      return use();
    } catch (error) {
      if (error instanceof OsteonError) throw error;
      throw osteonError("files.h5ad", { file: name, reason: "it ends early or its content is damaged" });
    }
  };
  const file: File = attempt(() => new File(join(directory, name), "r"));
  const find = (path: string): Group | Dataset | undefined => {
    const found: Entity | null = attempt(() => (has(file, path) ? file.get(path) : null));
    return isGroup(found) || isDataset(found) ? found : undefined;
  };
  return {
    name,
    attempt,
    find,
    group(path, encodings) {
      const found = find(path);
      if (found === undefined) throw osteonError("files.h5ad-part", { file: name, part: path });
      if (!isGroup(found) || !encodings.includes(attempt(() => encodingOf(found)))) {
        throw osteonError("files.h5ad-encoding", { file: name, part: path, allowed: encodings.join(", ") });
      }
      return found;
    },
    dataset(path) {
      const found = find(path);
      if (found === undefined) throw osteonError("files.h5ad-part", { file: name, part: path });
      if (!isDataset(found)) throw osteonError("files.h5ad-encoding", { file: name, part: path, allowed: "array" });
      return found;
    },
    [Symbol.dispose]: () => void file.close(),
  };
}

/** Each step of the path: asking for one that is not there is an error of the library. */
function has(file: File, path: string): boolean {
  let here: Entity | null = file;
  for (const step of path.split("/")) {
    if (!isGroup(here) || !here.keys().includes(step)) return false;
    here = here.get(step);
  }
  return true;
}

/** The encoding that anndata wrote; nothing where there is none. */
export function encodingOf({ attrs }: Group | Dataset): string {
  const value = attrs["encoding-type"]?.value;
  return typeof value === "string" ? value : "";
}

function isGroup(entity: Entity | null | undefined): entity is Group {
  return entity !== null && entity !== undefined && "keys" in entity;
}

export function isDataset(entity: Entity | null | undefined): entity is Dataset {
  return entity !== null && entity !== undefined && "slice" in entity;
}
