import { createHash } from "node:crypto";
import { mkdir, rm, statfs } from "node:fs/promises";
import { join } from "node:path";
import { OsteonError, osteonError } from "@osteon/errors";
import { GdcService, type GdcServiceOptions } from "../service/gdc-service.ts";
import { downloadFile } from "./download-file.ts";
import { casesFile, readManifest, writeManifest, type GdcFile, type GdcManifest } from "./download-manifest.ts";
import { gdcFileKinds, type GdcFileKind } from "./file-kinds.ts";
import { md5OfFile } from "./file-md5.ts";
import { listProject } from "./list-project.ts";
import { writeAtomically } from "./write-atomically.ts";

/** Left free on the disk: a full one harms others. */
const spareBytes = 100 * 1024 * 1024;

export interface GdcProgress {
  readonly files: number;
  readonly filesDone: number;
  readonly bytes: number;
  readonly bytesDone: number;
}

export interface GdcDownloadOptions extends GdcServiceOptions {
  /** Files fetched at once. */
  readonly parallel?: number | undefined;
  /** Asks the service for its list anew; files that are still in it are kept. */
  readonly refresh?: boolean | undefined;
  readonly onProgress?: ((progress: GdcProgress) => void) | undefined;
  /** Free bytes of the disk that a folder is on. */
  readonly freeBytes?: ((directory: string) => Promise<number>) | undefined;
}

/** What a download holds now. */
export interface GdcDownload {
  readonly project: string;
  readonly cases: number;
  readonly files: Readonly<Record<GdcFileKind, number>>;
  readonly bytes: number;
  /** Files that this call fetched. */
  readonly fetched: number;
}

/**
 * Downloads what Osteon reads of a GDC project into a folder: clinical data and the open files of mutations,
 * expression and gene-level copy number. A folder that holds part of it is gone on with; one that holds all of it
 * is checked, digest by digest, without asking the service.
 *
 * @throws connectors.gdc-other-project, .gdc-files-failed, system.no-space, and what listing and fetching throw
 */
export async function downloadGdcProject(
  project: string,
  directory: string,
  options: GdcDownloadOptions = {},
): Promise<GdcDownload> {
  const service = new GdcService(options);
  const earlier = await readManifest(directory);
  if (earlier !== undefined && earlier.project !== project) {
    throw osteonError("connectors.gdc-other-project", { directory, project: earlier.project });
  }
  for (const kind of gdcFileKinds) await mkdir(join(directory, kind), { recursive: true });
  const isListed = earlier !== undefined && !options.refresh && (await hasCases(directory, earlier));
  const listed = isListed ? earlier : await list(service, project, directory);
  const manifest = await checkFiles(directory, listed, options.signal);
  await writeManifest(directory, manifest);
  await checkSpace(directory, manifest, options.freeBytes ?? freeBytesOf);
  const fetched = await fetchPending(directory, manifest, options);
  const count = (kind: GdcFileKind) => manifest.files.filter((file) => file.kind === kind).length;
  return {
    project,
    cases: manifest.cases.count,
    files: { mutations: count("mutations"), expression: count("expression"), "copy-number": count("copy-number") },
    bytes: sumBytes(manifest.files) + manifest.cases.bytes,
    fetched,
  };
}

async function hasCases(directory: string, { cases }: GdcManifest): Promise<boolean> {
  return (await md5OfFile(join(directory, casesFile))) === cases.md5;
}

/** Asks the service what there is. The cases are written before the record, which is what says that they are whole. */
async function list(service: GdcService, project: string, directory: string): Promise<GdcManifest> {
  const { cases, files } = await listProject(service, project);
  const text = cases.map((found) => `${JSON.stringify(found)}\n`).join("");
  await writeAtomically(join(directory, casesFile), text);
  const md5 = createHash("md5").update(text).digest("hex");
  return {
    format: "osteon-gdc-download-1",
    project,
    service: service.url,
    listedAt: new Date().toISOString(),
    cases: { count: cases.length, bytes: Buffer.byteLength(text), md5 },
    files: [...files],
  };
}

/** Finds out what is there: a call that was killed may have finished a file and not said so. */
async function checkFiles(
  directory: string,
  manifest: GdcManifest,
  signal: AbortSignal | undefined,
): Promise<GdcManifest> {
  const files: GdcFile[] = [];
  for (const file of manifest.files) {
    signal?.throwIfAborted();
    const path = join(directory, file.path);
    const md5 = await md5OfFile(path);
    if (md5 !== undefined && md5 !== file.md5) await rm(path);
    files.push({ ...file, state: md5 === file.md5 ? "done" : "pending" });
  }
  return { ...manifest, files };
}

async function checkSpace(
  directory: string,
  manifest: GdcManifest,
  freeBytes: (directory: string) => Promise<number>,
): Promise<void> {
  const needed = sumBytes(manifest.files.filter(({ state }) => state === "pending"));
  if (needed === 0) return;
  const free = await freeBytes(directory);
  if (needed + spareBytes <= free) return;
  const megabytes = (bytes: number) => `${Math.ceil(bytes / 1e6).toLocaleString("en")} MB`;
  const reason = `${megabytes(needed + spareBytes)} are needed, ${megabytes(free)} are free`;
  throw osteonError("system.no-space", { path: directory, reason });
}

async function freeBytesOf(directory: string): Promise<number> {
  const { bavail, bsize } = await statfs(directory);
  return bavail * bsize;
}

/**
 * Fetches what is missing, a few files at once. A file that the server does not give, or gives wrong, does not keep
 * others from coming; a server that does not answer at all does.
 *
 * @returns how many files were fetched
 */
async function fetchPending(
  directory: string,
  manifest: GdcManifest,
  { parallel = 4, onProgress, ...options }: GdcDownloadOptions,
): Promise<number> {
  const files = [...manifest.files];
  const pending = [...files.keys()].filter((at) => files[at]!.state === "pending");
  const record = serially(() => writeManifest(directory, { ...manifest, files }));
  const bytes = sumBytes(files);
  let bytesDone = bytes - sumBytes(pending.map((at) => files[at]!));
  let filesDone = files.length - pending.length;
  const report = (difference: number) => {
    bytesDone += difference;
    onProgress?.({ files: files.length, filesDone, bytes, bytesDone });
  };
  const stop = new AbortController();
  const signal = options.signal === undefined ? stop.signal : AbortSignal.any([options.signal, stop.signal]);
  const service = new GdcService({ ...options, signal });
  const failures: OsteonError[] = [];
  const fetchOne = async (at: number) => {
    try {
      await downloadFile(service, directory, files[at]!, report);
    } catch (error) {
      if (!(error instanceof OsteonError) || !isOfOneFile(error)) throw error;
      failures.push(error);
      return;
    }
    files[at] = { ...files[at]!, state: "done" };
    filesDone++;
    report(0);
    await record();
  };
  const queue = pending.values();
  let fault: { readonly error: unknown } | undefined;
  const work = async () => {
    try {
      for (const at of queue) {
        signal.throwIfAborted();
        await fetchOne(at);
      }
    } catch (error) {
      fault ??= { error };
      stop.abort();
    }
  };
  await Promise.all(Array.from({ length: Math.min(parallel, pending.length) }, work));
  if (fault !== undefined) throw fault.error;
  const [first] = failures;
  if (first !== undefined) {
    const parameters = { failed: failures.length, files: pending.length, first: first.message.replace(/\.$/, "") };
    throw osteonError("connectors.gdc-files-failed", parameters, { cause: first });
  }
  return pending.length;
}

function isOfOneFile({ code }: OsteonError): boolean {
  return code === "connectors.gdc-checksum" || code === "connectors.gdc-refused";
}

/** Calls one after the other; calls that wait are one. */
function serially(act: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  let waiting: Promise<void> | undefined;
  const start = () => (running = act().finally(() => (running = undefined)));
  return () => {
    if (running === undefined) return start();
    waiting ??= running
      .catch(() => undefined)
      .then(() => {
        waiting = undefined;
        return start();
      });
    return waiting;
  };
}

function sumBytes(files: readonly GdcFile[]): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0);
}
