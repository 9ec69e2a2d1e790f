import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestService, type TestService } from "../testing/test-service.ts";

let folder: string;
let service: TestService;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "osteon-web-"));
  mkdirSync(join(folder, "built", "assets"), { recursive: true });
  writeFileSync(join(folder, "secret.txt"), "CANARY");
  writeFileSync(join(folder, "built", "index.html"), "<!doctype html><title>Osteon</title>");
  const script = "console.log(1)";
  writeFileSync(join(folder, "built", "assets", "index-AbCd_123.js"), script);
  writeFileSync(join(folder, "built", "assets", "index-AbCd_123.js.gz"), gzipSync(script));
  service = startTestService({ web: { application: async () => join(folder, "built") } });
});
afterAll(async () => {
  await service.app.close();
  rmSync(folder, { recursive: true, force: true });
});

const get = (url: string, headers: Record<string, string> = {}) => service.app.inject({ url, headers });

describe("GET /app", () => {
  it.each(["/app/", "/app/models", "/app/models/0123456789abcdef"])(
    "gives the document at %s, with its policy",
    async (url) => {
      const { statusCode, headers, body } = await get(url);
      expect(statusCode).toBe(200);
      expect(body).toContain("<title>Osteon</title>");
      expect(headers["cache-control"]).toBe("no-cache");
      const policy = String(headers["content-security-policy"]);
      expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
      expect(policy).not.toMatch(/unsafe|https?:|\*/);
      expect(headers["x-frame-options"]).toBe("DENY");
    },
  );

  it("gives files whose name has their hash for good, compressed where that is taken", async () => {
    const plain = await get("/app/assets/index-AbCd_123.js");
    expect(plain.headers).toMatchObject({ "cache-control": "public, max-age=31536000, immutable" });
    expect(plain.headers["content-type"]).toMatch(/javascript/);
    const packed = await get("/app/assets/index-AbCd_123.js", { "accept-encoding": "gzip" });
    expect(packed.headers["content-encoding"]).toBe("gzip");
  });

  it("goes to the application from its address without a slash", async () => {
    const { statusCode, headers } = await get("/app");
    expect([statusCode, headers["location"]]).toEqual([308, "/app/"]);
  });

  it.each([
    "/app/../secret.txt",
    "/app/..%2fsecret.txt",
    "/app/assets/..%2f..%2f..%2fsecret.txt",
    "/app/assets/..%5c..%5csecret.txt",
    "/app/assets/missing-AbCd_123.js",
    "/app/manifest.json",
    "/app/assets/",
  ])("gives nothing else, such as %s", async (url) => {
    const answer = await get(url);
    expect(answer.body).not.toContain("CANARY");
    if (answer.statusCode === 200) expect(answer.body).toContain("<title>Osteon</title>");
    else expect(answer.json()).toMatchObject({ status: 404 });
  });

  it("says how to build it where it is not built", async () => {
    const bare = startTestService({ web: { application: async () => null } });
    const answer = await bare.app.inject({ url: "/app/" });
    expect(answer.statusCode).toBe(503);
    expect(answer.body).toContain("npm run build");
    expect(answer.headers["content-security-policy"]).toContain("default-src 'none'");
    await bare.app.close();
  });
});
