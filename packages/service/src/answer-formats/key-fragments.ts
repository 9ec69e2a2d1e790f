/**
 * The keys of one JSON object, ready to be copied: fragment j is `"NAME":`, with a comma before it
 * except for the first. Fragment j lies at `bytes[offsets[j] … offsets[j + 1]]`.
 */
export interface KeyFragments {
  readonly names: readonly string[];
  readonly bytes: Uint8Array;
  readonly offsets: Uint32Array;
}

/** Encodes keys once, so that an answer of thousands of them is copying and not escaping. */
function encodeKeys(names: readonly string[]): KeyFragments {
  const fragments = names.map((name, j) => Buffer.from(`${j === 0 ? "" : ","}${JSON.stringify(name)}:`, "utf8"));
  const offsets = new Uint32Array(names.length + 1);
  for (const [j, fragment] of fragments.entries()) {
    offsets[j + 1] = offsets[j]! + fragment.length;
  }
  return { names, bytes: new Uint8Array(Buffer.concat(fragments)), offsets };
}

/**
 * Keeps the fragments of the last names seen. A loaded model has the same names in every answer, so
 * this is computed once; comparing by content keeps it right for one that rebuilds its arrays.
 */
export class KeyFragmentCache {
  #last: KeyFragments = encodeKeys([]);

  fragmentsOf(names: readonly string[]): KeyFragments {
    const known = this.#last.names;
    if (known !== names && !(known.length === names.length && known.every((name, j) => name === names[j]))) {
      this.#last = encodeKeys(names);
    }
    return this.#last;
  }
}
