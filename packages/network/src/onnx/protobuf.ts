/** A part of a protobuf message: bytes in pieces, so that large tensors are copied once. */
export interface Fragment {
  readonly pieces: readonly Uint8Array[];
  readonly length: number;
}

/** A 64-bit varint; negative numbers take ten bytes, as in two's complement. */
function varint(value: number | bigint): Uint8Array {
  let rest = BigInt.asUintN(64, BigInt(value));
  const bytes: number[] = [];
  while (rest > 0x7fn) {
    bytes.push(Number(rest & 0x7fn) | 0x80);
    rest >>= 7n;
  }
  bytes.push(Number(rest));
  return Uint8Array.from(bytes);
}

/**
 * Fields of the protobuf wire format that ONNX needs.
 * Source: protobuf.dev/programming-guides/encoding, "Message Structure".
 */
export function integerField(field: number, value: number | bigint): Fragment {
  return joinFragments([piece(varint(field << 3)), piece(varint(value))]);
}

export function bytesField(field: number, bytes: Uint8Array): Fragment {
  return messageField(field, [piece(bytes)]);
}

export function textField(field: number, text: string): Fragment {
  return bytesField(field, new TextEncoder().encode(text));
}

export function messageField(field: number, content: readonly Fragment[]): Fragment {
  const body = joinFragments(content);
  return joinFragments([piece(varint((field << 3) | 2)), piece(varint(body.length)), body]);
}

export function joinFragments(fragments: readonly Fragment[]): Fragment {
  return {
    pieces: fragments.flatMap(({ pieces }) => pieces),
    length: fragments.reduce((total, { length }) => total + length, 0),
  };
}

export function toBytes({ pieces, length }: Fragment): Uint8Array {
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const part of pieces) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

function piece(bytes: Uint8Array): Fragment {
  return { pieces: [bytes], length: bytes.length };
}
