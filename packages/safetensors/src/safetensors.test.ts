import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeSafetensors, encodeSafetensors, type Tensor } from "./safetensors.ts";

const typedArrays = [Float64Array, Float32Array, Int32Array, Uint32Array, Int16Array, Int8Array, Uint8Array] as const;

/** A tensor of any type and up to three dimensions, some of them 0; bytes at random, NaN and all. */
const tensor: fc.Arbitrary<Tensor> = fc
  .tuple(fc.constantFrom(...typedArrays), fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 3 }))
  .chain(([constructor, shape]) => {
    const bytes = shape.reduce((product, size) => product * size, 1) * constructor.BYTES_PER_ELEMENT;
    return fc
      .uint8Array({ minLength: bytes, maxLength: bytes })
      .map((content) => ({ shape, data: new constructor(content.slice().buffer) }));
  });
const name = fc.string().filter((text) => text !== "__metadata__");
const file = fc.record({
  tensors: fc.dictionary(name, tensor, { maxKeys: 6, noNullPrototype: true }),
  metadata: fc.dictionary(fc.string(), fc.string(), { maxKeys: 3, noNullPrototype: true }),
});

function bytesOf({ data }: Tensor): Uint8Array {
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}

/** A file by hand: the length of the header, the header, the content. */
function compose(header: string, content: readonly number[] = []): Uint8Array {
  const text = new TextEncoder().encode(header);
  const bytes = new Uint8Array(8 + text.length + content.length);
  new DataView(bytes.buffer).setUint32(0, text.length, true);
  bytes.set(text, 8);
  bytes.set(content, 8 + text.length);
  return bytes;
}

describe("encodeSafetensors and decodeSafetensors", () => {
  it("give back every tensor and all metadata, to the bit", () => {
    fc.assert(
      fc.property(file, ({ tensors, metadata }) => {
        const decoded = decodeSafetensors(encodeSafetensors({ tensors, metadata }));
        expect(decoded.metadata).toEqual(metadata);
        expect(Object.keys(decoded.tensors).sort()).toEqual(Object.keys(tensors).sort());
        for (const [key, expected] of Object.entries(tensors)) {
          const actual = decoded.tensors[key]!;
          expect(actual.shape).toEqual(expected.shape);
          expect(actual.data.constructor).toBe(expected.data.constructor);
          expect(bytesOf(actual)).toEqual(bytesOf(expected));
        }
      }),
    );
  });

  it("keep names that objects have from birth", () => {
    const tensors = Object.fromEntries(
      ["__proto__", "constructor", "toString"].map((key) => [key, { shape: [1], data: Int8Array.of(7) }]),
    );
    const decoded = decodeSafetensors(encodeSafetensors({ tensors, metadata: {} }));
    expect(Object.keys(decoded.tensors).sort()).toEqual(["__proto__", "constructor", "toString"]);
  });

  it("write the same bytes for the same content in another order", () => {
    const one = { shape: [2], data: Float32Array.of(1, 2) };
    const two = { shape: [1], data: Float64Array.of(3) };
    expect(encodeSafetensors({ tensors: { one, two }, metadata: { a: "1", b: "2" } })).toEqual(
      encodeSafetensors({ tensors: { two, one }, metadata: { b: "2", a: "1" } }),
    );
  });

  it("read from a view into a larger buffer, and copy", () => {
    const encoded = encodeSafetensors({ tensors: { x: { shape: [1], data: Float64Array.of(5) } }, metadata: {} });
    const larger = new Uint8Array(encoded.length + 6);
    larger.set(encoded, 3);
    const { tensors } = decodeSafetensors(larger.subarray(3, 3 + encoded.length));
    larger.fill(0);
    expect(tensors["x"]!.data).toEqual(Float64Array.of(5));
  });
});

describe("encodeSafetensors", () => {
  it("places every tensor at a multiple of its element's size", () => {
    fc.assert(
      fc.property(file, (content) => {
        const bytes = encodeSafetensors(content);
        const headerBytes = new DataView(bytes.buffer).getUint32(0, true);
        expect(headerBytes % 8).toBe(0);
        const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + headerBytes))) as Record<
          string,
          { data_offsets: [number, number] }
        >;
        for (const [key, { data }] of Object.entries(content.tensors)) {
          expect((8 + headerBytes + header[key]!.data_offsets[0]) % data.BYTES_PER_ELEMENT).toBe(0);
        }
      }),
    );
  });

  it("writes the layout of the format's README", () => {
    const bytes = encodeSafetensors({
      tensors: { a: { shape: [1, 2], data: Int16Array.of(1, -2) } },
      metadata: { kind: "test" },
    });
    const header = '{"__metadata__":{"kind":"test"},"a":{"dtype":"I16","shape":[1,2],"data_offsets":[0,4]}}';
    const padded = header.padEnd(Math.ceil(header.length / 8) * 8, " ");
    expect(bytes).toEqual(compose(padded, [1, 0, 0xfe, 0xff]));
  });

  it.each([
    ["a shape that does not fit", { a: { shape: [3], data: Int8Array.of(1, 2) } }, /size of tensor "a"/],
    ["the name of the metadata", { ["__metadata__"]: { shape: [1], data: Int8Array.of(1) } }, /__metadata__/],
  ])("refuses a tensor with %s", (_, tensors, message) => {
    expect(() => encodeSafetensors({ tensors: tensors as Record<string, Tensor>, metadata: {} })).toThrow(message);
  });
});

describe("decodeSafetensors", () => {
  it("reads a file written by hand", () => {
    const header =
      '{"__metadata__":{"format":"pt"},"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},' +
      '"n":{"dtype":"U8","shape":[],"data_offsets":[8,9]},"none":{"dtype":"F64","shape":[0,5],"data_offsets":[9,9]}}';
    const { tensors, metadata } = decodeSafetensors(compose(header, [0, 0, 0x80, 0x3f, 0, 0, 0x20, 0xc0, 42]));
    expect(metadata).toEqual({ format: "pt" });
    expect(tensors).toEqual({
      w: { shape: [2], data: Float32Array.of(1, -2.5) },
      n: { shape: [], data: Uint8Array.of(42) },
      none: { shape: [0, 5], data: new Float64Array(0) },
    });
  });

  const entry = (text: string) => `{"x":{${text}}}`;
  it.each([
    ["less than a prefix", Uint8Array.of(1, 2, 3), /shorter than its 8-byte prefix/],
    ["a header longer than the file", Uint8Array.of(9, 0, 0, 0, 0, 0, 0, 0, 0x7b), /header is cut short/],
    ["an endless header", new Uint8Array(16).fill(255), /header is cut short/],
    ["a header that is not JSON", compose("{x"), /header is not JSON/],
    ["a header that is not UTF-8", Uint8Array.of(2, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xfe), /header is not JSON/],
    ["a header that is a list", compose("[]"), /header is not a JSON object/],
    ["a header that is null", compose("null"), /header is not a JSON object/],
    ["metadata that are numbers", compose('{"__metadata__":{"a":1}}'), /metadata/],
    ["metadata that are a text", compose('{"__metadata__":"a"}'), /metadata/],
    ["a tensor that is null", compose('{"x":null}'), /"x" has no element type/],
    ["an unknown type", compose(entry('"dtype":"BF16","shape":[1],"data_offsets":[0,2]'), [0, 0]), /element type/],
    ["an inherited type", compose(entry('"dtype":"toString","shape":[1],"data_offsets":[0,1]'), [0]), /element type/],
    ["no shape", compose(entry('"dtype":"U8","data_offsets":[0,1]'), [0]), /no shape or place/],
    ["a negative shape", compose(entry('"dtype":"U8","shape":[-1,-1],"data_offsets":[0,1]'), [0]), /no shape or place/],
    ["a broken shape", compose(entry('"dtype":"U8","shape":[0.5,2],"data_offsets":[0,1]'), [0]), /no shape or place/],
    ["a text as shape", compose(entry('"dtype":"U8","shape":["1"],"data_offsets":[0,1]'), [0]), /no shape or place/],
    ["one offset", compose(entry('"dtype":"U8","shape":[1],"data_offsets":[0]'), [0]), /no shape or place/],
    ["offsets in halves", compose(entry('"dtype":"U8","shape":[1],"data_offsets":[0.5,1.5]'), [0, 0]), /no shape/],
    ["a place past the end", compose(entry('"dtype":"F64","shape":[1],"data_offsets":[0,8]'), [0]), /outside the file/],
    ["a place backwards", compose(entry('"dtype":"U8","shape":[1],"data_offsets":[1,0]'), [0]), /outside the file/],
    ["too small a place", compose(entry('"dtype":"I16","shape":[2],"data_offsets":[0,2]'), [0, 0]), /its shape/],
    ["a gap at the start", compose(entry('"dtype":"U8","shape":[1],"data_offsets":[1,2]'), [0, 0]), /gap or overlap/],
    ["bytes at the end", compose(entry('"dtype":"U8","shape":[1],"data_offsets":[0,1]'), [0, 0]), /no tensor/],
    [
      "an overlap",
      compose(
        '{"x":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"y":{"dtype":"U8","shape":[2],"data_offsets":[1,3]}}',
        [0, 0, 0],
      ),
      /gap or overlap/,
    ],
  ])("refuses a file with %s", (_, bytes, message) => {
    expect(() => decodeSafetensors(bytes)).toThrow(message);
    expect(() => decodeSafetensors(bytes)).toThrow(expect.objectContaining({ code: "safetensors.malformed" }));
  });

  it("refuses a file cut at any place", () => {
    const whole = encodeSafetensors({
      tensors: { a: { shape: [3], data: Float64Array.of(1, 2, 3) }, b: { shape: [2], data: Int8Array.of(1, 2) } },
      metadata: { kind: "test" },
    });
    for (let length = 0; length < whole.length; length++) {
      expect(() => decodeSafetensors(whole.subarray(0, length))).toThrow(/tensor file cannot be read/);
    }
  });
});
