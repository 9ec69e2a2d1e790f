import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { driftAnswerSchema, type DriftAnswer } from "@osteon/contracts";
import { describe, expect, it } from "vitest";
import { printedBy } from "./support/in-process.ts";
import { startOsteon } from "./support/osteon-process.ts";
import { temporaryFolder } from "./support/small-run.ts";
import { writeTwoModels } from "./support/two-models.ts";

describe("a service whose drift checks are scheduled", () => {
  it("makes them by itself, tells of them, and makes none anew when it is started again", async () => {
    const folder = temporaryFolder();
    const [version] = await writeTwoModels(folder);
    const [registry, key] = [join(folder, "registry"), join(folder, "key.txt")];
    const words = ["--registry", registry, "--key", key];
    await printedBy(["models", "promote", version, ...words, "--override", "--reason", "first", "--json"]);
    const configuration = join(folder, "osteon.yaml");
    writeFileSync(
      configuration,
      [
        "data: { source: demonstration, patients: 60, genes: 60, seed: 7 }",
        "drift: { check_every_hours: 1, questions: [output, input] }",
        "observability: { directory: monitoring }",
      ].join("\n"),
    );

    const first = await serve(configuration, words);
    const answer = await first.until(({ input, output }) => input !== null && output !== null);
    // Whether it is like those trained on is for other tests; here it was computed.
    expect(answer.output).toMatchObject({ check: { question: "output", sequential: { looks: 1 } }, failure: null });
    expect(answer.input).toMatchObject({ check: { question: "input", sequential: null }, failure: null });
    expect(await first.metrics()).toMatch(/^osteon_drift_state\{state="(stable|watch|drift)"\} 1$/m);
    // A check's record is there before its process has ended and the service has told of it.
    await first.waitFor(/"drift\.check-ended"[^]*"drift\.check-ended".*\n/);
    const { stderr } = await first.end();
    const ends = [...stderr.matchAll(/"drift\.check-ended".*?"exitCode":(\d+)/g)].map(([, code]) => Number(code));
    expect(ends).toHaveLength(2);
    for (const code of ends) expect([0, 6, 7]).toContain(code);

    const second = await serve(configuration, words);
    await delay(25_000);
    expect(await second.read()).toEqual(answer);
    await second.end();
  });
});

async function serve(configuration: string, words: readonly string[]) {
  const service = startOsteon(["serve", "--config", configuration, ...words, "--port", "0"]);
  const [, address] = await service.waitFor(/, at (http:\/\/\S+) \(token/);
  const token = readFileSync(join(words[1]!, "keys", "api-token"), "utf8").trim();
  const ask = (path: string) => fetch(`${address}${path}`, { headers: { authorization: `Bearer ${token}` } });
  const read = async (): Promise<DriftAnswer> => driftAnswerSchema.parse(await (await ask("/drift")).json());
  return {
    read,
    metrics: async () => (await ask("/metrics")).text(),
    until: async (isThere: (answer: DriftAnswer) => boolean): Promise<DriftAnswer> => {
      for (;;) {
        const answer = await read();
        if (isThere(answer)) return answer;
        await delay(1_000);
      }
    },
    waitFor: (pattern: RegExp) => service.waitFor(pattern),
    end: () => {
      service.child.kill("SIGTERM");
      return service.ended;
    },
  };
}
