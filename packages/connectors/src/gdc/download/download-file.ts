import { open, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { osteonError } from "@osteon/errors";
import type { ContentSink, GdcService } from "../service/gdc-service.ts";
import { PassingFailure } from "../service/retry.ts";
import type { GdcFile } from "./download-manifest.ts";
import { md5OfFile } from "./file-md5.ts";

/** A wrong digest may come of a broken proxy once; twice, it is the server's file that is wrong. */
const wholeTries = 2;

/**
 * Fetches one file. Until its digest is right it is called `….part`; what an earlier call left there is gone on with.
 *
 * @param onBytes told how many bytes the file has more, or fewer where it begins anew
 * @throws connectors.gdc-checksum, system.no-space, and what {@link GdcService.content} throws
 */
export async function downloadFile(
  service: GdcService,
  directory: string,
  file: GdcFile,
  onBytes: (difference: number) => void,
): Promise<void> {
  const path = join(directory, file.path);
  const sink = new PartialFile(`${path}.part`, file, onBytes);
  for (let tries = 1; ; tries++) {
    if ((await sink.length()) < file.bytes) await service.content(file.id, sink);
    if ((await md5OfFile(sink.path)) === file.md5) break;
    await sink.clear();
    if (tries === wholeTries) throw osteonError("connectors.gdc-checksum", { file: file.path });
  }
  await rename(sink.path, path);
}

/** The bytes of a file that have come so far. */
class PartialFile implements ContentSink {
  readonly path: string;
  readonly #file: GdcFile;
  readonly #onBytes: (difference: number) => void;
  #told = 0;

  constructor(path: string, file: GdcFile, onBytes: (difference: number) => void) {
    this.path = path;
    this.#file = file;
    this.#onBytes = onBytes;
  }

  async length(): Promise<number> {
    const length = await stat(this.path).then(
      ({ size }) => size,
      () => 0,
    );
    // More than the file has cannot be its beginning.
    if (length > this.#file.bytes) await this.clear();
    this.#tell(length > this.#file.bytes ? 0 : length);
    return this.#told;
  }

  async write(offset: number, chunks: AsyncIterable<Uint8Array>): Promise<void> {
    const { bytes } = this.#file;
    const handle = await open(this.path, "a");
    try {
      if ((await handle.stat()).size > offset) await handle.truncate(offset);
      let length = offset;
      this.#tell(length);
      for await (const chunk of chunks) {
        length += chunk.length;
        if (length > bytes) break;
        await handle.writeFile(chunk);
        this.#tell(length);
      }
      await handle.sync();
      if (length < bytes) throw new PassingFailure("the file ended early");
      // Longer: another file than the list told of, which its digest will tell.
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code !== "ENOSPC" && code !== "EDQUOT") throw error;
      throw osteonError("system.no-space", { path: this.#file.path, reason: code }, { cause: error });
    } finally {
      await handle.close();
    }
  }

  async clear(): Promise<void> {
    await rm(this.path, { force: true });
    this.#tell(0);
  }

  #tell(length: number): void {
    this.#onBytes(length - this.#told);
    this.#told = length;
  }
}
