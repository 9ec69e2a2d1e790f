import { createReadingContext, type ReadingContext, type ReadingOptions } from "../reading/reading-context.ts";

/** Longest line read, 64 MiB: 20,000 times what a row of 1,000 patients takes, and little enough to hold. */
const defaultLineLimitBytes = 64 * 1024 * 1024;

export interface FolderOptions extends ReadingOptions {
  /** Longest line read; 64 MiB by default. */
  readonly lineLimitBytes?: number | undefined;
}

/** A reading of text files that lie in one folder. */
export interface FolderContext extends ReadingContext {
  /** The folder that file names are relative to. */
  readonly directory: string;
  readonly lineLimitBytes: number;
}

/** A context for the files of a folder, in which nothing has been read yet. */
export function createFolderContext(directory: string, options: FolderOptions = {}): FolderContext {
  const lineLimitBytes = options.lineLimitBytes ?? defaultLineLimitBytes;
  return { ...createReadingContext(options), directory, lineLimitBytes };
}
