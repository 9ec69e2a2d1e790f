import { request } from "node:http";
import { afterAll, beforeAll, expect, it } from "vitest";
import { listenForScrapes, type MetricsListener } from "./metrics-listener.ts";

let fails = false;
let listener: MetricsListener;
beforeAll(async () => {
  const render = () => (fails ? Promise.reject(new Error("CANARY")) : Promise.resolve("osteon_info 1\n"));
  listener = await listenForScrapes({ contentType: "text/plain", render }, 0);
});
afterAll(() => listener.close());

function ask(path: string, host: string, method = "GET"): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: "127.0.0.1", port: listener.port, path, method, headers: { host } }, (answer) => {
      let body = "";
      answer.setEncoding("utf8").on("data", (text: string) => (body += text));
      answer.once("end", () => resolve({ status: answer.statusCode!, body }));
    });
    asked.once("error", reject);
    asked.end();
  });
}

it("answers on this computer without a token", async () => {
  for (const host of ["localhost", `127.0.0.1:${listener.port}`, "[::1]:9464"]) {
    expect(await ask("/metrics", host)).toEqual({ status: 200, body: "osteon_info 1\n" });
  }
});

it("refuses a page of elsewhere that was pointed here, other addresses and other methods", async () => {
  expect((await ask("/metrics", "evil.example")).status).toBe(403);
  expect((await ask("/metrics", "localhost.evil.example")).status).toBe(403);
  expect((await ask("/generate", "localhost")).status).toBe(404);
  expect((await ask("/metrics", "localhost", "POST")).status).toBe(405);
});

it("answers 500 without a word where metrics cannot be had", async () => {
  fails = true;
  expect(await ask("/metrics", "localhost")).toEqual({ status: 500, body: "" });
  fails = false;
});
