import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readEntries, verifyTrail } from "@osteon/audit";
import { createSigningKeyFile, readVerificationKey } from "@osteon/registry";
import { describe, expect, it, onTestFinished } from "vitest";

/** A process that enters events without end and says the number of each once it was acknowledged. */
const writer = new URL("support/audit-writer.ts", import.meta.url).pathname;

async function trailFolder(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "osteon-audit-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  await createSigningKeyFile(join(folder, "key.pem"));
  return folder;
}

/** Starts a writer, kills it once it acknowledged as many events, and gives the numbers that were acknowledged. */
async function writeUntilKilled(folder: string, first: number, events: number): Promise<number[]> {
  const child = spawn(process.execPath, [writer, folder, String(first)], { stdio: ["ignore", "pipe", "inherit"] });
  let said = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    said += text;
    if (said.split("\n").length > events) child.kill("SIGKILL");
  });
  await new Promise((resolve) => child.once("close", resolve));
  // What is cut off at the end was said all the same, and acknowledged before.
  return said.split("\n").slice(0, -1).map(Number);
}

async function numbersIn(folder: string): Promise<Set<number>> {
  const numbers = new Set<number>();
  for await (const { event } of readEntries({ directory: folder })) {
    if (event.action === "model.added") numbers.add(Number.parseInt(event.detail.model, 16));
  }
  return numbers;
}

const verify = async (folder: string) =>
  verifyTrail({ directory: folder, trusted: [await readVerificationKey(join(folder, "key.pem.pub"))] });

describe("a process that is killed while it writes the trail", () => {
  it(
    "has lost nothing that was acknowledged, and the next goes on with a trail that holds",
    { timeout: 600_000 },
    async () => {
      const folder = await trailFolder();
      const acknowledged: number[] = [];
      for (let round = 0; round < 20; round++) {
        acknowledged.push(...(await writeUntilKilled(folder, round * 1_000_000, 1 + ((round * 37) % 400))));
        const found = await numbersIn(folder);
        expect(acknowledged.filter((number) => !found.has(number))).toEqual([]);
        expect((await verify(folder)).findings).toEqual([]);
      }
      expect(acknowledged.length).toBeGreaterThan(1_000);
      const { notes } = await verify(folder);
      expect(notes.filter(({ message }) => message.startsWith("its writer ended")).length).toBeGreaterThanOrEqual(19);
    },
  );

  it("does so beside others that go on writing", { timeout: 600_000 }, async () => {
    const folder = await trailFolder();
    const rounds = await Promise.all([0, 1, 2, 3].map((index) => writeUntilKilled(folder, index * 1_000_000, 150)));
    rounds.push(await writeUntilKilled(folder, 9_000_000, 10));
    const found = await numbersIn(folder);
    expect(rounds.flat().filter((number) => !found.has(number))).toEqual([]);
    expect((await verify(folder)).findings).toEqual([]);
  });
});

// A limit on file size fails in the middle of a write, as a disk does that becomes full.
describe.skipIf(process.platform !== "linux")("a disk that becomes full", () => {
  it("acknowledges nothing that is not on it, and leaves no half of a line", { timeout: 120_000 }, async () => {
    const folder = await trailFolder();
    const child = spawn("sh", [
      "-c",
      'ulimit -f 40; exec "$0" "$1" "$2" 0 until-refused',
      process.execPath,
      writer,
      folder,
    ]);
    let said = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (said += text));
    const code = await new Promise((resolve) => child.once("close", resolve));
    expect([code, said.split("\n").at(-2)]).toEqual([0, "audit.unwritable EFBIG"]);
    const acknowledged = said.split("\n").slice(0, -2).map(Number);
    expect(acknowledged.length).toBeGreaterThan(10);
    expect([...(await numbersIn(folder))]).toEqual(acknowledged);
    expect((await verify(folder)).findings).toEqual([]);
    for (const name of readdirSync(join(folder, "segments"))) {
      expect(readFileSync(join(folder, "segments", name), "utf8").endsWith("\n")).toBe(true);
    }
  });
});
