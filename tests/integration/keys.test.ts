import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runPipeline } from "@osteon/pipeline";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hasOpenssl, makeCertificate } from "../../packages/service/src/testing/certificates.ts";
import { failureOf, printedBy } from "./support/in-process.ts";
import { runOsteon, startOsteon } from "./support/osteon-process.ts";
import { smallConfiguration } from "./support/small-run.ts";

let folder: string;
const place = () => ["--registry", join(folder, "registry")];
const keys = async <T>(...words: string[]) =>
  JSON.parse(await printedBy(["keys", ...words, ...place(), "--json"])) as T;

interface Shown {
  readonly id: string;
  readonly key: string;
  readonly state: string;
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "osteon-keys-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("osteon keys", () => {
  it("shows a key once, lists it without its secret, and revokes it", async () => {
    const printed = await printedBy(["keys", "create", "--name", "nightly", "--by", "ann", ...place()]);
    expect(printed).toMatch(/^osteon_[0-9a-f]{12}_[0-9a-f]{64}$/);
    const bulk = await keys<Shown>(
      "create",
      "--name",
      "bulk",
      "--scope",
      "generate",
      "generate:bulk",
      "--expires",
      "90d",
    );
    expect(bulk).toMatchObject({ name: "bulk", scopes: ["generate", "generate:bulk"], revoked_at: null });
    expect(bulk).not.toHaveProperty("hash");

    const list = await printedBy(["keys", "list", ...place()]);
    expect(list).toMatch(/^ID +STATE +CREATED +EXPIRES +BY +SCOPES +NAME$/m);
    expect(list).toMatch(/active +\d{4}-\d\d-\d\d +\d{4}-\d\d-\d\d +ann +generate +nightly$/m);
    const shown = `${list}${await printedBy(["keys", "list", ...place(), "--json"])}`;
    for (const key of [printed, bulk.key]) expect(shown).not.toContain(key.slice(20));
    expect(shown).not.toContain("hash");

    expect(await keys("revoke", bulk.id, "--by", "bob")).toMatchObject({ id: bulk.id, revoked_by: "bob" });
    expect((await keys<Shown[]>("list")).map(({ state }) => state)).toEqual(["active", "revoked"]);

    const trail = await printedBy(["audit", "list", ...place()]);
    expect(trail).toContain("api-key.created");
    expect(trail).toContain("api-key.revoked");
    for (const key of [printed, bulk.key]) expect(trail).not.toContain(key.slice(20));
  });

  it.each([
    [
      "no scope there is",
      ["create", "--name", "x", "--scope", "everything"],
      /--scope takes one or several of generate/,
    ],
    ["an end that has passed", ["create", "--name", "x", "--expires", "2020-01-01"], /--expires takes days/],
    ["a name of two lines", ["create", "--name", "a\nb"], /--name takes 1 to 100 characters of one line/],
    ["a name that steers the terminal", ["create", "--name", "a\u001B[2J"], /--name takes/],
    ["an empty creator", ["create", "--name", "x", "--by", ""], /--by takes/],
    ["an unknown id", ["revoke", "0123456789ab"], /no API key 0123456789ab/],
    [
      "no identity provider to ask about",
      ["whois", "--subjects", "staff.txt"],
      /--config takes a configuration with service\.oidc/,
    ],
  ])("refuses %s", async (_, words, message) => {
    const before = readdirSync(join(folder, "api-keys"));
    expect(await failureOf(["keys", ...words, ...place()])).toMatchObject({
      code: 2,
      message: expect.stringMatching(message) as string,
    });
    expect(readdirSync(join(folder, "api-keys"))).toEqual(before);
  });

  it("refuses a key on the command line, where others see it, without repeating it", async () => {
    const { key } = await keys<Shown>("create", "--name", "seen");
    const ending = await runOsteon(["keys", "revoke", key], { cwd: folder });
    expect(ending).toMatchObject({ code: 4 });
    expect(`${ending.stdout}${ending.stderr}`).not.toContain(key.slice(20));
  });

  it("tells which id in the logs is a certain person's, to who has the key of the ids", async () => {
    const oidc = "{ issuer: https://login.example, audience: osteon, jwks_path: jwks.json }";
    writeFileSync(join(folder, "oidc.yaml"), `service: { keys_directory: api-keys, oidc: ${oidc} }\n`);
    writeFileSync(join(folder, "staff.txt"), "ann@hospital.example\n\nbob@hospital.example\r\n");
    const words = ["keys", "whois", "--subjects", join(folder, "staff.txt"), "--config", join(folder, "oidc.yaml")];
    const [first, second] = [await printedBy(words), await printedBy(words)];
    expect(first).toMatch(/^oidc-[0-9a-f]{16} {2}ann@hospital\.example\noidc-[0-9a-f]{16} {2}bob@hospital\.example$/);
    expect(second).toBe(first);
  });
});

describe.skipIf(!hasOpenssl)("osteon serve with keys and TLS", () => {
  it("takes up a key that is made and one that is revoked while it runs, and makes no token for everything", async () => {
    const run = join(folder, "run");
    await runPipeline({ configuration: smallConfiguration(), directory: run, osteonVersion: "0.1.0" });
    makeCertificate(folder, "service");
    const tls = "{ certificate_path: service.crt, key_path: service.key }";
    writeFileSync(join(folder, "serve.yaml"), `service: { keys_directory: api-keys, tls: ${tls}, host: 0.0.0.0 }\n`);
    const service = startOsteon(["serve", "-m", run, "-c", "serve.yaml", "--port", "0"], { cwd: folder });
    const port = (await service.waitFor(/, at https:\/\/\S+:(\d+) \(token: API keys of /))[1]!;
    const ask = (key: string) => statusOf(Number(port), readFileSync(join(folder, "service.crt"), "utf8"), key);
    const { id, key } = await keys<Shown>("create", "--name", "while it runs");
    await expect.poll(() => ask(key), { timeout: 15_000 }).toBe(200);
    await keys("revoke", id);
    await expect.poll(() => ask(key), { timeout: 15_000 }).toBe(401);
    service.child.kill("SIGTERM");
    const ending = await service.ended;
    expect(ending.code).toBe(0);
    expect(ending.stderr).toMatch(/"event":"auth\.refused".*"reason":"revoked"/);
    expect(ending.stderr).not.toContain(key.slice(20));
    expect(readdirSync(join(run, "keys"))).not.toContain("api-token");
    expect(readFileSync(join(folder, "api-keys", `${id}.json`), "utf8")).not.toContain(key.slice(20));
  });
});

/** What the service answers to a key; trusts one certificate. */
function statusOf(port: number, ca: string, key: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
    const options = { host: "127.0.0.1", port, path: "/generate", method: "POST", headers, ca, agent: false };
    request(options, (response) => void response.resume().once("end", () => resolve(response.statusCode)))
      .once("error", reject)
      .end("{}");
  });
}
