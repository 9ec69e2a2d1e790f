import {
  closeSync,
  fstatSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  renameSync,
  statSync,
  unlinkSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";

/** How a log file is kept from growing for ever. */
export interface RotationOptions {
  /** A file that would grow larger is put aside first, bytes. By default 10,000,000. */
  readonly maxBytes?: number;
  /** How many files are kept, the present one included. By default 5. */
  readonly files?: number;
}

/** A process that was killed while it rotated has held the lock for longer. */
const abandonedLockMs = 10_000;

/**
 * A file of whole lines that puts itself aside: FILE becomes FILE.1, that FILE.2, and the oldest is removed. Each line
 * is with the operating system when `write` returns, so a killed process has lost none. A full disk loses lines and
 * ends nothing. Several processes may write one file: each sees that another put it aside, and one at a time does so.
 */
export class RotatingFile {
  readonly #path: string;
  readonly #maxBytes: number;
  readonly #files: number;
  #descriptor: number;
  /** A write that failed left part of a line that could not be taken back. */
  #isTorn = false;

  /** @throws the system's error where the file cannot be opened */
  constructor(path: string, { maxBytes = 10_000_000, files = 5 }: RotationOptions = {}) {
    this.#path = path;
    this.#maxBytes = maxBytes;
    this.#files = files;
    mkdirSync(dirname(path), { recursive: true });
    this.#descriptor = openForAppending(path);
  }

  /** Adds one line, its line feed included. Never throws. */
  write(line: string): void {
    try {
      this.#follow();
      const bytes = Buffer.from(this.#isTorn ? `\n${line}` : line, "utf8");
      const { size, isRegular } = sizeOf(this.#descriptor);
      if (isRegular && size > 0 && size + bytes.length > this.#maxBytes) this.#rotate();
      this.#append(bytes);
    } catch {
      // The disk is full, or the folder is gone: the service goes on, and so does the log once it can.
    }
  }

  close(): void {
    closeSync(this.#descriptor);
  }

  /** Appends all or nothing, if the file system lets it. */
  #append(bytes: Buffer): void {
    const { size, isRegular } = sizeOf(this.#descriptor);
    let written = 0;
    try {
      while (written < bytes.length) written += writeSync(this.#descriptor, bytes, written);
      this.#isTorn = false;
    } catch {
      if (written === 0) return;
      // Where another process wrote meanwhile, its line would be cut: then the next line begins with a line feed.
      const isLast = isRegular && sizeOf(this.#descriptor).size === size + written;
      if (isLast) ftruncateSync(this.#descriptor, size);
      this.#isTorn = !isLast;
    }
  }

  /** Opens the path anew where it is another file by now, or none. */
  #follow(): void {
    if (isSame(this.#path, this.#descriptor)) return;
    const descriptor = openForAppending(this.#path);
    closeSync(this.#descriptor);
    this.#descriptor = descriptor;
    this.#isTorn = false;
  }

  #rotate(): void {
    const lock = `${this.#path}.rotating`;
    if (!takeLock(lock)) return;
    try {
      // Another process may have done it since.
      if (isSame(this.#path, this.#descriptor)) {
        for (let number = this.#files - 1; number > 0; number--) {
          const from = number === 1 ? this.#path : `${this.#path}.${number - 1}`;
          renameIfThere(from, `${this.#path}.${number}`);
        }
      }
      this.#follow();
    } finally {
      unlinkSync(lock);
    }
  }
}

function openForAppending(path: string): number {
  return openSync(path, "a", 0o600);
}

function sizeOf(descriptor: number): { readonly size: number; readonly isRegular: boolean } {
  const found = fstatSync(descriptor);
  return { size: found.size, isRegular: found.isFile() };
}

function isSame(path: string, descriptor: number): boolean {
  const there = statSync(path, { throwIfNoEntry: false });
  const open = fstatSync(descriptor);
  return there !== undefined && there.ino === open.ino && there.dev === open.dev;
}

function renameIfThere(from: string, to: string): void {
  if (statSync(from, { throwIfNoEntry: false }) !== undefined) renameSync(from, to);
}

/** False where another process holds it: the file then grows a little larger than it should. */
function takeLock(lock: string): boolean {
  try {
    closeSync(openSync(lock, "wx", 0o600));
    return true;
  } catch {
    const held = statSync(lock, { throwIfNoEntry: false });
    if (held !== undefined && Date.now() - held.mtimeMs > abandonedLockMs) unlinkSync(lock);
    return false;
  }
}
