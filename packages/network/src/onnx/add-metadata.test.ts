import { expect, it } from "vitest";
import { input } from "../graph/expression.ts";
import { add } from "../graph/elementwise.ts";
import { openSession } from "../session/open-session.ts";
import { addMetadata } from "./add-metadata.ts";
import { encodeGraph } from "./encode-graph.ts";

it("adds notes that stand in the file as metadata, and leaves what it computes", async () => {
  const graph = encodeGraph({ sum: add(input("x", [2]), 1) });
  const noted = addMetadata(graph.bytes, { warning: "für alle" });
  expect(noted.subarray(0, graph.bytes.length)).toEqual(graph.bytes);
  const key = Buffer.from("warning");
  const value = Buffer.from("für alle");
  // Field 14 of the model, which holds fields 1 and 2: (field << 3) | 2, length, bytes.
  expect(Buffer.from(noted.subarray(graph.bytes.length))).toEqual(
    Buffer.concat([
      Buffer.from([114, 4 + key.length + value.length, 10, key.length]),
      key,
      Buffer.from([18, value.length]),
      value,
    ]),
  );
  const session = await openSession({ ...graph, bytes: noted });
  const { sum } = await session.run({ x: Float32Array.of(1, 2) }, {});
  expect([...sum!]).toEqual([2, 3]);
  await session.release();
});
