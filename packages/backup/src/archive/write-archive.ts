import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream as NodeReadableStream } from "node:stream/web";
import { encryptStream } from "@osteon/registry";
import { createTarPacker } from "modern-tar";
import { manifestName, type BackedUpFile, type BackupManifest } from "../backup-manifest.ts";
import { fileOfBytes, type ArchiveFile } from "./archive-file.ts";

/** As many bytes wait to be encrypted at the most, beside one chunk. */
const queueBytes = 4 * 1024 * 1024;

export interface WrittenArchive {
  readonly manifest: BackupManifest;
  readonly bytes: number;
  /** Of the encrypted file, hexadecimal. */
  readonly sha256: string;
}

/**
 * Writes files as one tar archive, encrypted with age, in constant memory. The last entry is the manifest with the
 * digest of every other one.
 *
 * @param path a file that is not there yet; what fails leaves it half written, for the caller to remove
 * @param manifestOf makes the manifest once all files are in
 * @throws `registry.recipient`, and what reading the files and the system throw
 */
export async function writeArchive(
  path: string,
  recipients: readonly string[],
  files: AsyncIterable<ArchiveFile>,
  manifestOf: (files: readonly BackedUpFile[]) => BackupManifest,
): Promise<WrittenArchive> {
  const { readable, controller } = createTarPacker();
  const queue = limitQueue(readable);
  const encrypted = await encryptStream(queue.readable, recipients);
  const hash = createHash("sha256");
  let bytes = 0;
  const count = new Transform({
    transform(chunk: Uint8Array, _, done) {
      hash.update(chunk);
      bytes += chunk.length;
      done(null, chunk);
    },
  });
  const file = createWriteStream(path, { flags: "wx", mode: 0o600, flush: true });
  const writing = pipeline(Readable.fromWeb(encrypted as NodeReadableStream<Uint8Array>), count, file);
  const failed = writing.then(() => new Promise<never>(() => undefined));

  const add = async ({ path: name, bytes: size, chunks }: ArchiveFile): Promise<BackedUpFile> => {
    const digest = createHash("sha256");
    const writer = controller.add({ name, size, mode: 0o600, type: "file", mtime: new Date(0) }).getWriter();
    for await (const chunk of chunks) {
      digest.update(chunk);
      await writer.write(chunk);
      await Promise.race([queue.add(chunk.length), failed]);
    }
    await writer.close();
    return { path: name, bytes: size, sha256: digest.digest("hex") };
  };

  const producing = (async () => {
    const added: BackedUpFile[] = [];
    for await (const each of files) added.push(await add(each));
    const manifest = manifestOf(added);
    await add(fileOfBytes(manifestName, `${JSON.stringify(manifest, null, 2)}\n`));
    controller.finalize();
    return manifest;
  })();
  producing.catch((error: unknown) => controller.error(error));
  // Both are waited for, so that nothing is read or written any more when this fails.
  const [produced, written] = await Promise.allSettled([producing, writing]);
  if (produced.status === "rejected") throw produced.reason;
  if (written.status === "rejected") throw written.reason;
  return { manifest: produced.value, bytes, sha256: hash.digest("hex") };
}

/** The packer takes whatever it is given; this says when enough was taken out again. */
function limitQueue(readable: ReadableStream<Uint8Array>): {
  readonly readable: ReadableStream<Uint8Array>;
  /** Resolves once no more than {@link queueBytes} of all that was added wait. */
  add(bytes: number): Promise<void>;
} {
  let waiting = 0;
  let wake: () => void = () => undefined;
  const counted = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      waiting -= chunk.length;
      wake();
      controller.enqueue(chunk);
    },
  });
  return {
    readable: readable.pipeThrough(counted),
    add: async (bytes) => {
      // Headers and padding come out too and were not counted in: it errs to the quicker side.
      waiting += bytes;
      while (waiting > queueBytes) await new Promise<void>((resolve) => (wake = resolve));
    },
  };
}
