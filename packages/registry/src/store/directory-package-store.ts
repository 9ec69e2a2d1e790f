import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { osteonError } from "@osteon/errors";
import { createFileAtomically, writeFileAtomically } from "../atomic-file.ts";
import { listNames } from "../list-names.ts";
import { systemErrorCode } from "../system-error.ts";
import { decodeBundle, encodeBundle } from "./bundle.ts";
import type { PackageStore, StoredPackage } from "./package-store.ts";

const ending = ".osteon-bundle";

/** Packages in a directory, one file a version, so that a version is there whole or not at all. */
export function createDirectoryPackageStore(directory: string): PackageStore {
  const pathOf = (version: string) => join(directory, `${version}${ending}`);
  const encode = ({ sealed, envelope }: StoredPackage) => encodeBundle(sealed, envelope);
  return {
    name: directory,
    list: async () => {
      const names = await listNames(directory);
      return names.flatMap((name) => (/^[0-9a-f]{16}\.osteon-bundle$/.test(name) ? [name.slice(0, 16)] : [])).sort();
    },
    get: async (version) => {
      const path = pathOf(version);
      try {
        return decodeBundle(await readFile(path), path);
      } catch (error) {
        const reason = systemErrorCode(error);
        if (reason === "ENOENT") return undefined;
        if (reason.startsWith("E")) throw osteonError("registry.unreadable", { file: path, reason }, { cause: error });
        throw error;
      }
    },
    create: async (version, stored) => {
      try {
        await createFileAtomically(pathOf(version), encode(stored));
        return true;
      } catch (error) {
        if (systemErrorCode(error) === "EEXIST") return false;
        throw error;
      }
    },
    replace: (version, stored) => writeFileAtomically(pathOf(version), encode(stored)),
    remove: (version) => rm(pathOf(version), { force: true }),
  };
}
