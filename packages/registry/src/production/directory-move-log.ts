import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { osteonError } from "@osteon/errors";
import { createFileAtomically } from "../atomic-file.ts";
import { listNames } from "../list-names.ts";
import { systemErrorCode } from "../system-error.ts";
import type { MoveLog } from "./move-log.ts";

/** The file of a move. */
export function nameOfMove(sequence: number): string {
  return `${String(sequence).padStart(8, "0")}.json`;
}

/** Moves in a directory, one file each. Creating a file fails where it is there, so no lock is needed. */
export function createDirectoryMoveLog(directory: string): MoveLog {
  return {
    name: directory,
    list: async () => {
      const names = (await listNames(directory)).filter((name) => /^\d{8}\.json$/.test(name)).sort();
      names.forEach((name, index) => {
        if (name === nameOfMove(index + 1)) return;
        throw osteonError("registry.history", { file: directory, reason: `move ${index + 1} is missing` });
      });
      return Promise.all(names.map((name) => readMove(join(directory, name))));
    },
    append: async (sequence, envelope) => {
      try {
        const text = `${JSON.stringify(envelope)}\n`;
        await createFileAtomically(join(directory, nameOfMove(sequence)), new TextEncoder().encode(text));
        return true;
      } catch (error) {
        if (systemErrorCode(error) === "EEXIST") return false;
        throw error;
      }
    },
  };
}

async function readMove(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, "utf8")) as unknown;
  } catch (error) {
    if (error instanceof SyntaxError) throw osteonError("registry.history", { file: path, reason: "it is not JSON" });
    throw osteonError("registry.unreadable", { file: path, reason: systemErrorCode(error) }, { cause: error });
  }
}
