import { describe, expect, it } from "vitest";
import { multiply } from "../graph/elementwise.ts";
import { input } from "../graph/expression.ts";
import { encodeGraph } from "../onnx/encode-graph.ts";
import { listDevices, openSession } from "./open-session.ts";

const doubled = encodeGraph({ y: multiply(input("x", ["batch", 2]), 2), z: multiply(input("w", []), 3) });

describe("openSession", () => {
  it("runs on arrays tied once, reading and writing their present content", async () => {
    const session = await openSession(doubled, { threads: 2 });
    const x = Float32Array.of(1, 2, 3, 4);
    const y = new Float32Array(4);
    const run = session.bind({ x, w: new Float32Array(1) }, { y }, { batch: 2 });
    await run();
    expect(y).toEqual(Float32Array.of(2, 4, 6, 8));
    x.fill(5);
    await run();
    expect(y).toEqual(new Float32Array(4).fill(10));
    await session.release();
  });

  it("refuses inputs that are missing or of another size, and sizes that are unknown", async () => {
    const session = await openSession(doubled);
    const w = new Float32Array(1);
    await expect(session.run({ w }, { batch: 1 })).rejects.toThrow(/input x .*0 of 2/);
    await expect(session.run({ w, x: new Float32Array(3) }, { batch: 1 })).rejects.toThrow(/input x .*3 of 2/);
    await expect(session.run({ w, x: new Float32Array(2) })).rejects.toThrow(/dimension batch/);
  });

  it("says so where the runtime cannot load a graph, with the runtime's reason as cause", async () => {
    const broken = { ...doubled, bytes: Uint8Array.of(1, 2, 3) };
    await expect(openSession(broken)).rejects.toMatchObject({ code: "network.runtime", cause: expect.any(Error) });
  });

  it("says so where a device is not on this machine", async () => {
    const session = await openSession(doubled, { device: "cuda" }).catch((error: unknown) => error);
    // A machine with CUDA has nothing to say here.
    if (session instanceof Error) expect(session).toMatchObject({ code: "network.device", cause: expect.any(Error) });
    else await (session as Awaited<ReturnType<typeof openSession>>).release();
  });

  it("lists the processor among the devices", () => {
    expect(listDevices()).toContain("cpu");
  });
});
