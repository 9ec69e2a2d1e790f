import type { ReadingOptions } from "@osteon/connectors";
import type { SourceExtract } from "@osteon/deidentification";

export interface SourceReadingOptions extends ReadingOptions {
  readonly progress: (message: string) => void;
}

/** A configured source of patients. */
export interface Source {
  /** The settings that decide what is read, without a path or a secret: a path may name somebody. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Digests that tell the content; a run whose digests are unchanged does not read again. */
  digest(options: Pick<ReadingOptions, "fieldsToRemove" | "signal">): Promise<Readonly<Record<string, string>>>;
  /** Reads every patient, under their source ids. */
  read(options: SourceReadingOptions): Promise<SourceExtract>;
}
