/** A stored package: the sealed file and the envelope that signs it, as they were put in. */
export interface StoredPackage {
  readonly sealed: Uint8Array;
  /** JSON of a signed envelope; not checked yet. */
  readonly envelope: unknown;
}

/**
 * Where sealed packages lie, by model version. A version is written once and never changed; what is stored
 * is encrypted, so the store need not be trusted with more than availability.
 */
export interface PackageStore {
  /** How messages call it. */
  readonly name: string;
  /** Versions held whole, sorted. */
  list(): Promise<readonly string[]>;
  /** Undefined where there is no such version. */
  get(version: string): Promise<StoredPackage | undefined>;
  /** False, and nothing changed, where the version is there already. */
  create(version: string, stored: StoredPackage): Promise<boolean>;
  /** Replaces a version as a whole; only for {@link rekeyPackage}, whose content is the same. */
  replace(version: string, stored: StoredPackage): Promise<void>;
  remove(version: string): Promise<void>;
}
