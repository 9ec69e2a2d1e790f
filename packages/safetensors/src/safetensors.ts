import { osteonError } from "@osteon/errors";

/** A typed array that the container can hold. */
export type TensorData = Float64Array | Float32Array | Int32Array | Uint32Array | Int16Array | Int8Array | Uint8Array;

export interface Tensor {
  readonly shape: readonly number[];
  readonly data: TensorData;
}

/** The content of one file: named tensors and free text metadata. */
export interface TensorFile {
  readonly tensors: Readonly<Record<string, Tensor>>;
  readonly metadata: Readonly<Record<string, string>>;
}

const constructors = {
  F64: Float64Array,
  F32: Float32Array,
  I32: Int32Array,
  U32: Uint32Array,
  I16: Int16Array,
  I8: Int8Array,
  U8: Uint8Array,
} as const;
type Dtype = keyof typeof constructors;

interface HeaderEntry {
  dtype: Dtype;
  shape: number[];
  data_offsets: [number, number];
}

const headerLimitBytes = 100_000_000;
const metadataName = "__metadata__";

/**
 * Writes the safetensors layout: 8 bytes of header length, a JSON header, the tensors end to end.
 * Tensors with wider elements come first, then by name: each starts at a multiple of its element's size, and
 * equal content gives equal bytes. Throws `safetensors.malformed` where a shape does not fit its data.
 * Source: github.com/huggingface/safetensors, README, "Format".
 */
export function encodeSafetensors(file: TensorFile): Uint8Array {
  // Widest elements first keeps every offset aligned to its element without padding.
  const names = Object.keys(file.tensors).sort((a, b) => {
    const widthA = file.tensors[a]!.data.BYTES_PER_ELEMENT;
    const widthB = file.tensors[b]!.data.BYTES_PER_ELEMENT;
    return widthB - widthA || (a < b ? -1 : 1);
  });
  const header: [string, HeaderEntry | Record<string, string>][] = [];
  if (Object.keys(file.metadata).length > 0) {
    header.push([metadataName, Object.fromEntries(Object.entries(file.metadata).sort(([a], [b]) => (a < b ? -1 : 1)))]);
  }
  let offset = 0;
  for (const name of names) {
    const { shape, data } = file.tensors[name]!;
    if (name === metadataName) throw malformed(`a tensor is named ${metadataName}`);
    if (countOf(shape) !== data.length) throw malformed(`the size of tensor "${name}" differs from its shape`);
    header.push([name, { dtype: dtypeOf(data), shape: [...shape], data_offsets: [offset, offset + data.byteLength] }]);
    offset += data.byteLength;
  }
  const json = new TextEncoder().encode(JSON.stringify(Object.fromEntries(header)));
  const headerBytes = Math.ceil(json.length / 8) * 8;
  const out = new Uint8Array(8 + headerBytes + offset);
  new DataView(out.buffer).setBigUint64(0, BigInt(headerBytes), true);
  out.fill(0x20, 8, 8 + headerBytes);
  out.set(json, 8);
  let position = 8 + headerBytes;
  for (const name of names) {
    const { data } = file.tensors[name]!;
    out.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), position);
    position += data.byteLength;
  }
  return out;
}

/**
 * Reads what {@link encodeSafetensors} or any other safetensors writer wrote. The tensors are
 * copies, so they outlive `bytes`. Throws `safetensors.malformed` with the reason.
 */
export function decodeSafetensors(bytes: Uint8Array): TensorFile {
  if (bytes.length < 8) throw malformed("it is shorter than its 8-byte prefix");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headerBytes = Number(view.getBigUint64(0, true));
  if (headerBytes > headerLimitBytes || 8 + headerBytes > bytes.length) throw malformed("its header is cut short");
  const { [metadataName]: metadata, ...entries } = parseHeader(bytes.subarray(8, 8 + headerBytes));
  const content = bytes.subarray(8 + headerBytes);
  const tensors = Object.entries(entries).map(([name, entry]) => ({ name, ...readEntry(name, entry, content) }));
  assertNoGaps(tensors, content.length);
  return {
    tensors: Object.fromEntries(tensors.map(({ name, tensor }) => [name, tensor])),
    metadata: readMetadata(metadata),
  };
}

function parseHeader(bytes: Uint8Array): Record<string, unknown> {
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw malformed("its header is not JSON");
  }
  if (!isRecord(header)) throw malformed("its header is not a JSON object");
  return header;
}

function readMetadata(metadata: unknown): Record<string, string> {
  if (metadata === undefined) return {};
  if (!isRecord(metadata) || Object.values(metadata).some((value) => typeof value !== "string")) {
    throw malformed("its metadata are not names with texts");
  }
  return metadata as Record<string, string>;
}

interface PlacedTensor {
  readonly tensor: Tensor;
  readonly from: number;
  readonly to: number;
}

function readEntry(name: string, entry: unknown, content: Uint8Array): PlacedTensor {
  const { dtype, shape, data_offsets: offsets } = isRecord(entry) ? (entry as Partial<HeaderEntry>) : {};
  const constructor = dtype && Object.hasOwn(constructors, dtype) ? constructors[dtype] : undefined;
  if (!constructor) throw malformed(`tensor "${name}" has no element type that can be read`);
  if (!isListOfSizes(shape) || !isListOfSizes(offsets) || offsets.length !== 2) {
    throw malformed(`tensor "${name}" has no shape or place`);
  }
  const [from, to] = offsets as [number, number];
  if (to < from || to > content.length) throw malformed(`tensor "${name}" lies outside the file`);
  if (to - from !== countOf(shape) * constructor.BYTES_PER_ELEMENT) {
    throw malformed(`the size of tensor "${name}" differs from its shape`);
  }
  return { tensor: { shape, data: new constructor(content.slice(from, to).buffer) }, from, to };
}

/** The format allows neither gaps nor overlaps: bytes that no tensor owns could carry anything. */
function assertNoGaps(tensors: readonly PlacedTensor[], contentBytes: number): void {
  let end = 0;
  for (const { from, to } of tensors.toSorted((a, b) => a.from - b.from || a.to - b.to)) {
    if (from !== end) throw malformed("its tensors leave a gap or overlap");
    end = to;
  }
  if (end !== contentBytes) throw malformed("it has bytes that belong to no tensor");
}

function countOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

function isListOfSizes(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size >= 0);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function dtypeOf(data: TensorData): Dtype {
  for (const [dtype, constructor] of Object.entries(constructors)) {
    if (data instanceof constructor) return dtype as Dtype;
  }
  throw malformed("a tensor has an unknown element type");
}

function malformed(reason: string) {
  return osteonError("safetensors.malformed", { reason });
}
