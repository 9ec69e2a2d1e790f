import { mkdir, readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Scope } from "@osteon/contracts";
import { OsteonError, osteonError } from "@osteon/errors";
import { createFileAtomically, writeFileAtomically } from "@osteon/registry";
import { hashToken } from "../bearer-token.ts";
import { drawApiKey, type NewApiKey } from "./api-key.ts";
import { keyRecordSchema, type KeyRecord } from "./key-record.ts";

/** What a key is to be. */
export interface KeyRequest {
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly expiresAt: Date;
  /** Who creates it. */
  readonly by: string;
}

/** A key that was made: the one moment at which it can be shown. */
export interface IssuedKey {
  readonly key: string;
  readonly record: KeyRecord;
}

/** What lies in the directory. */
export interface KeyReading {
  readonly records: readonly KeyRecord[];
  /** One error for each file that is no key; the others hold all the same. */
  readonly faults: readonly OsteonError[];
}

/** A key's file with what tells whether it was written anew. */
interface ReadFile {
  readonly stamp: string;
  readonly result: KeyRecord | OsteonError;
}

const fileName = /^([0-9a-f]{12})\.json$/;

/**
 * API keys in a directory, one file a key, `ID.json`. A file is there whole or not at all, and to remove it ends the key
 * too. Nothing in it lets anybody use the key, but whoever may write there may make keys: mode 0700, files 0600.
 */
export class KeyStore {
  readonly directory: string;
  readonly #now: () => Date;
  #files: ReadonlyMap<string, ReadFile> = new Map();
  #wasThere = false;

  /** @param now the time that records are given */
  constructor(directory: string, now: () => Date = () => new Date()) {
    this.directory = directory;
    this.#now = now;
  }

  /**
   * Makes a key.
   *
   * @param drawn where its id has to be known beforehand
   */
  async issue({ name, scopes, expiresAt, by }: KeyRequest, drawn: NewApiKey = drawApiKey()): Promise<IssuedKey> {
    const { id, key } = drawn;
    const record = keyRecordSchema.parse({
      format_version: 1,
      id,
      name,
      scopes: [...new Set(scopes)],
      hash: hashToken(key),
      created_at: this.#now().toISOString(),
      created_by: by,
      expires_at: expiresAt.toISOString(),
      revoked_at: null,
      revoked_by: null,
    } satisfies KeyRecord);
    await mkdir(this.directory, { recursive: true, mode: 0o700 });
    await createFileAtomically(this.#pathOf(id), encode(record));
    return { key, record };
  }

  /**
   * Ends a key. One that was revoked before stays as it is.
   *
   * @throws `access.key-unknown`, `access.key-file`, `access.keys-unreadable`
   */
  async revoke(id: string, by: string): Promise<KeyRecord> {
    const record = await this.find(id);
    if (record.revoked_at !== null) return record;
    const revoked: KeyRecord = { ...record, revoked_at: this.#now().toISOString(), revoked_by: by };
    await writeFileAtomically(this.#pathOf(id), encode(revoked));
    return revoked;
  }

  /** One key. @throws `access.key-unknown`, `access.key-file`, `access.keys-unreadable` */
  async find(id: string): Promise<KeyRecord> {
    const { records, faults } = await this.read();
    const record = records.find((candidate) => candidate.id === id);
    if (record !== undefined) return record;
    const broken = faults.find(({ parameters }) => parameters["file"] === this.#pathOf(id));
    throw broken ?? osteonError("access.key-unknown", { id, directory: this.directory });
  }

  /**
   * All keys, the oldest first. Files that did not change are not read again.
   *
   * @throws `access.keys-unreadable`: a directory that was never there holds no keys, but one that went away cannot be read
   */
  async read(): Promise<KeyReading> {
    try {
      const files = new Map<string, ReadFile>();
      for (const name of (await readdir(this.directory)).sort()) {
        if (!fileName.test(name)) continue;
        const file = await this.#readFile(name);
        if (file !== undefined) files.set(name, file);
      }
      this.#files = files;
      this.#wasThere = true;
    } catch (error) {
      const reason = (error as NodeJS.ErrnoException).code ?? "unknown reason";
      if (reason !== "ENOENT" || this.#wasThere) {
        throw osteonError("access.keys-unreadable", { directory: this.directory, reason }, { cause: error });
      }
    }
    const records: KeyRecord[] = [];
    const faults: OsteonError[] = [];
    for (const { result } of this.#files.values()) {
      if (result instanceof OsteonError) faults.push(result);
      else records.push(result);
    }
    records.sort((a, b) => a.created_at.localeCompare(b.created_at) || a.id.localeCompare(b.id));
    return { records, faults };
  }

  async #readFile(name: string): Promise<ReadFile | undefined> {
    const path = join(this.directory, name);
    try {
      const { ino, size, mtimeNs } = await stat(path, { bigint: true });
      const stamp = `${ino}-${size}-${mtimeNs}`;
      const known = this.#files.get(name);
      if (known?.stamp === stamp) return known;
      return { stamp, result: decode(await readFile(path, "utf8"), path, name) };
    } catch (error) {
      // Removed since the directory was read.
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
      throw error;
    }
  }

  #pathOf(id: string): string {
    return join(this.directory, `${id}.json`);
  }
}

function encode(record: KeyRecord): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(record, null, 2)}\n`);
}

function decode(text: string, file: string, name: string): KeyRecord | OsteonError {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return osteonError("access.key-file", { file, reason: "it is not JSON" });
  }
  const parsed = keyRecordSchema.safeParse(value);
  if (!parsed.success) {
    const fields = [...new Set(parsed.error.issues.map(({ path }) => String(path[0] ?? "the whole")))].join(", ");
    return osteonError("access.key-file", { file, reason: `it has faults in ${fields}` });
  }
  // A copy under another name would be a second key that revoking the first does not end.
  if (`${parsed.data.id}.json` !== name) return osteonError("access.key-file", { file, reason: "it is another key's" });
  return parsed.data;
}
