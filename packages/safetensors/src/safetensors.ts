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

/**
 * Writes the safetensors layout: 8 bytes of header length, a JSON header, the tensors end to end.
 * Names are sorted and every tensor starts at a multiple of 8, so equal content gives equal bytes.
 * Source: github.com/huggingface/safetensors, README, "Format".
 */
export function encodeSafetensors(file: TensorFile): Uint8Array {
  // Widest elements first keeps every offset aligned to its element without padding.
  const names = Object.keys(file.tensors).sort((a, b) => {
    const widthA = file.tensors[a]!.data.BYTES_PER_ELEMENT;
    const widthB = file.tensors[b]!.data.BYTES_PER_ELEMENT;
    return widthB - widthA || (a < b ? -1 : 1);
  });
  const header: Record<string, HeaderEntry | Record<string, string>> = {};
  if (Object.keys(file.metadata).length > 0) {
    header["__metadata__"] = Object.fromEntries(Object.entries(file.metadata).sort(([a], [b]) => (a < b ? -1 : 1)));
  }
  let offset = 0;
  for (const name of names) {
    const { shape, data } = file.tensors[name]!;
    header[name] = { dtype: dtypeOf(data), shape: [...shape], data_offsets: [offset, offset + data.byteLength] };
    offset += data.byteLength;
  }
  const json = new TextEncoder().encode(JSON.stringify(header));
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
  let header: Record<string, unknown>;
  try {
    header = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(8, 8 + headerBytes))) as Record<
      string,
      unknown
    >;
  } catch {
    throw malformed("its header is not JSON");
  }
  const start = 8 + headerBytes;
  const tensors: Record<string, Tensor> = {};
  let metadata: Record<string, string> = {};
  for (const [name, entry] of Object.entries(header)) {
    if (name === "__metadata__") {
      metadata = entry as Record<string, string>;
      continue;
    }
    tensors[name] = readTensor(bytes, start, entry as Partial<HeaderEntry>);
  }
  return { tensors, metadata };
}

function readTensor(bytes: Uint8Array, start: number, entry: Partial<HeaderEntry>): Tensor {
  const { dtype, shape, data_offsets: offsets } = entry;
  const constructor = dtype && Object.hasOwn(constructors, dtype) ? constructors[dtype] : undefined;
  if (!constructor || !Array.isArray(shape) || !Array.isArray(offsets))
    throw malformed("a tensor has no type or shape");
  const [from, to] = offsets;
  const count = shape.reduce((product, size) => product * size, 1);
  if (!(from >= 0 && to >= from && start + to <= bytes.length)) throw malformed("a tensor lies outside the file");
  if (to - from !== count * constructor.BYTES_PER_ELEMENT) throw malformed("a tensor's size differs from its shape");
  const copy = bytes.slice(start + from, start + to);
  return { shape, data: new constructor(copy.buffer) };
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
