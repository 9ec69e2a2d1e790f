import { osteonError } from "@osteon/errors";
import type { S3mini } from "s3mini";
import { sha256Hex } from "../sha256.ts";
import { decodeBundle, encodeBundle } from "./bundle.ts";
import { openObjectStorage, type ObjectStorageAddress } from "./object-storage.ts";
import { refusalOf, withRetries } from "./object-storage-retries.ts";
import type { PackageStore } from "./package-store.ts";

const ending = ".osteon-bundle";
/** Of the whole object; what is read is held against it, as a proxy or a disk between may change bytes. */
const digestHeader = "x-amz-meta-sha256";

/**
 * Packages in an S3-compatible object storage, one object a version.
 *
 * A version is created by a write on the condition that there is none (`If-None-Match: *`), where the storage knows
 * that. Where it does not, it is looked for first: of two who add the same version at the same moment the second
 * then replaces the first, whose content is the same, since a version is named by its content.
 *
 * @param prefix of the names of the objects, ending in a slash where it is a folder
 * @throws `registry.object-storage-settings`; each method `registry.object-storage-refused`,
 *   `registry.object-storage-unreachable`, and `registry.altered` where what comes back is not what was put
 */
export function createObjectPackageStore(address: ObjectStorageAddress, prefix: string): PackageStore {
  const { client, place } = openObjectStorage(address);
  const keyOf = (version: string) => `${prefix}${version}${ending}`;
  const nameOf = (version: string) => `model ${version} in ${place}`;
  const read = (version: string) => withRetries(place, "give a package", () => readObject(client, keyOf(version)));

  const confirm = async (version: string, digest: string): Promise<boolean> => {
    const found = await read(version);
    if (found !== undefined && found.actual === digest) return true;
    // Whole, but another's, who was as quick and whose write came last.
    if (found !== undefined && found.actual === found.stated) return false;
    await withRetries(place, "remove a package", () => client.deleteObject(keyOf(version)));
    throw osteonError("registry.altered", { file: nameOf(version), part: "its bytes, on the way into the storage" });
  };

  return {
    name: place,
    list: async () => {
      const objects = await withRetries(place, "list the packages", () => client.listObjects("/", prefix));
      if (objects === null) {
        const parameters = { place, operation: "list the packages", reason: "there is no such bucket" };
        throw osteonError("registry.object-storage-refused", parameters);
      }
      const names = objects.map(({ Key }) => (Key.startsWith(prefix) ? Key.slice(prefix.length) : ""));
      return names.flatMap((name) => (/^[0-9a-f]{16}\.osteon-bundle$/.test(name) ? [name.slice(0, 16)] : [])).sort();
    },
    get: async (version) => {
      let found = await read(version);
      // Once more: what broke on the way need not have broken in the storage.
      if (found !== undefined && isDamaged(found)) found = await read(version);
      if (found === undefined) return undefined;
      if (isDamaged(found)) {
        throw osteonError("registry.altered", { file: nameOf(version), part: "its bytes, in or from the storage" });
      }
      return decodeBundle(found.bytes, nameOf(version));
    },
    create: async (version, { sealed, envelope }) => {
      const bytes = encodeBundle(sealed, envelope);
      const digest = sha256Hex(bytes);
      const operation = "take a package";
      if (await withRetries(place, operation, () => client.objectExists(keyOf(version)))) return false;
      await withRetries(place, operation, () => putIfAbsent(client, keyOf(version), bytes, digest));
      return confirm(version, digest);
    },
    replace: async (version, { sealed, envelope }) => {
      const bytes = encodeBundle(sealed, envelope);
      const digest = sha256Hex(bytes);
      await withRetries(place, "replace a package", () => put(client, keyOf(version), bytes, digest));
      await confirm(version, digest);
    },
    remove: async (version) => {
      await withRetries(place, "remove a package", () => client.deleteObject(keyOf(version)));
    },
  };
}

interface ReadObject {
  readonly bytes: Uint8Array;
  readonly actual: string;
  /** What was noted when it was put; undefined where another program put it. */
  readonly stated: string | undefined;
}

function isDamaged({ actual, stated }: ReadObject): boolean {
  return stated !== undefined && stated !== actual;
}

async function readObject(client: S3mini, key: string): Promise<ReadObject | undefined> {
  const response = await client.getObjectResponse(key);
  if (response === null) return undefined;
  const bytes = new Uint8Array(await response.arrayBuffer());
  return { bytes, actual: sha256Hex(bytes), stated: response.headers.get(digestHeader) ?? undefined };
}

/** Where the storage finds the object there already, that is left to whoever reads it back. */
async function putIfAbsent(client: S3mini, key: string, bytes: Uint8Array, digest: string): Promise<void> {
  try {
    await put(client, key, bytes, digest, { "if-none-match": "*" });
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal?.status === 412) return;
    const isUnknown = refusal?.status === 501 || refusal?.code === "NotImplemented";
    if (!isUnknown) throw error;
    await put(client, key, bytes, digest);
  }
}

async function put(
  client: S3mini,
  key: string,
  bytes: Uint8Array,
  digest: string,
  condition: Readonly<Record<string, string>> = {},
): Promise<void> {
  const headers = {
    [digestHeader]: digest,
    // Storages that know it refuse what arrives otherwise.
    "x-amz-checksum-sha256": Buffer.from(digest, "hex").toString("base64"),
    ...condition,
  };
  await client.putObject(
    key,
    Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
    undefined,
    undefined,
    headers,
  );
}
