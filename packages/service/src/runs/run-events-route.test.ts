import type { RunProgress } from "@osteon/contracts";
import { expect, it } from "vitest";
import { startTestService, testToken } from "../testing/test-service.ts";
import { followRun } from "./run-events-route.ts";

const progress = (share: number): RunProgress => ({
  run: "run-1",
  steps: [{ name: "train", status: "running", duration_ms: null, error_code: null }],
  message: "training the network",
  share,
});

it("tells each change once, and nothing while there is no run or it cannot be read", async () => {
  const answers: (() => Promise<RunProgress | null>)[] = [
    async () => null,
    async () => progress(0.1),
    async () => progress(0.1),
    () => Promise.reject(new Error("half-written")),
    async () => progress(0.5),
  ];
  const ending = new AbortController();
  const source = () => {
    const next = answers.shift();
    if (next === undefined) ending.abort();
    return next === undefined ? Promise.resolve(null) : next();
  };
  const told: string[] = [];
  for await (const event of followRun(source, ending.signal)) told.push(event);
  const shares = told.flatMap((event) => /"share":([\d.]+)/.exec(event)?.[1] ?? []);
  expect(shares).toEqual(["0.1", "0.5"]);
  expect(told[0]).toBe("retry: 5000\n\n");
});

it("streams to whoever is known, and lets the service close", async () => {
  const { app } = startTestService({ web: { run: async () => progress(0.3) } });
  const address = await app.listen({ host: "127.0.0.1", port: 0 });
  expect((await fetch(`${address}/runs/current/events`)).status).toBe(401);
  const answer = await fetch(`${address}/runs/current/events`, { headers: { authorization: `Bearer ${testToken}` } });
  expect(answer.headers.get("content-type")).toBe("text/event-stream; charset=utf-8");
  const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  while (!text.includes("data:")) text += (await reader.read()).value ?? "";
  expect(text).toContain('event: progress\ndata: {"run":"run-1"');
  const closed = app.close();
  while (!(await reader.read()).done);
  await closed;
});
