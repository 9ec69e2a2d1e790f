// For `node --import`: once the program has ended, a thread of its process loads ONNX Runtime.
import { isMainThread, Worker } from "node:worker_threads";

const load = `
  const { InferenceSession } = require("onnxruntime-node");
  InferenceSession.create(new Uint8Array([8, 8])).catch(() => console.log("runtime loaded"));
`;
if (isMainThread) process.once("beforeExit", () => new Worker(load, { eval: true }));
