import { joinFragments, messageField, textField, toBytes } from "./protobuf.ts";

/**
 * An ONNX file with notes that every reader of its metadata shows (`ModelProto.metadata_props`, field 14 of
 * github.com/onnx/onnx, onnx/onnx.proto). A repeated field may follow the rest of a message.
 */
export function addMetadata(file: Uint8Array, notes: Readonly<Record<string, string>>): Uint8Array {
  const properties = toBytes(
    joinFragments(
      Object.entries(notes).map(([key, value]) => messageField(14, [textField(1, key), textField(2, value)])),
    ),
  );
  const whole = new Uint8Array(file.length + properties.length);
  whole.set(file);
  whole.set(properties, file.length);
  return whole;
}
