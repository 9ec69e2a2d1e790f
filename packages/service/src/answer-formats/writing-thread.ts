// The thread of write-whole.ts: writes one answer and ends.
import { parentPort, workerData } from "node:worker_threads";
import { AnswerWriter } from "./answer-writer.ts";
import type { WritingOrder } from "./write-whole.ts";

const { whole, form } = workerData as WritingOrder;
const answer = new AnswerWriter().write(whole, 0, form);
parentPort!.postMessage(answer, [answer.buffer as ArrayBuffer]);
