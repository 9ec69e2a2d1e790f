import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openLedger, type Ledger } from "../index.ts";

let folder: string;
let snapshotFile: string;
let directory: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "osteon-ledger-"));
  snapshotFile = join(folder, "cache", "snapshot.tar.gz");
});
afterAll(() => rm(folder, { recursive: true, force: true }));
beforeEach(async () => {
  directory = await mkdtemp(join(folder, "ledger-"));
});
const open = (): Promise<Ledger> => openLedger(directory, { snapshotFile });

describe("opening a ledger that others had", () => {
  it("after kill -9 of its process finds everything that was recorded", async () => {
    const program = `
      import { openLedger } from ${JSON.stringify(new URL("../index.ts", import.meta.url).href)};
      const ledger = await openLedger(${JSON.stringify(directory)}, { snapshotFile: ${JSON.stringify(snapshotFile)} });
      await ledger.recordRunStarted({ runId: "run-1", startedAt: new Date(0), cohortDigest: "${"ab".repeat(32)}",
        seed: 1, options: {}, osteonVersion: "0.1.0" });
      console.log("recorded");
      setInterval(() => {}, 1000);`;
    const child = spawn(process.execPath, ["--input-type=module", "--eval", program], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [said] = (await once(child.stdout, "data")) as [Buffer];
    expect(said.toString()).toContain("recorded");
    await expect(open()).rejects.toMatchObject({ code: "storage.locked", parameters: { pid: child.pid } });
    child.kill("SIGKILL");
    await once(child, "exit");
    await using ledger = await open();
    expect(await ledger.listRuns()).toMatchObject([{ runId: "run-1", status: "interrupted" }]);
  }, 60_000);

  it("refuses a database that a newer Osteon has changed", async () => {
    await (await open()).close();
    const engine = await PGlite.create(join(directory, "database"));
    await engine.query("insert into kysely_migration (name, timestamp) values ('9999-later', 'now')");
    await engine.close();
    await expect(open()).rejects.toMatchObject({
      code: "storage.newer-schema",
      parameters: { migration: "9999-later" },
    });
  }, 60_000);

  it("works with one that a newer Osteon has changed in a way that is named as harmless", async () => {
    await (await open()).close();
    const engine = await PGlite.create(join(directory, "database"));
    await engine.query("alter table run add column remark text");
    await engine.query("insert into kysely_migration (name, timestamp) values ('0002-run-remark.from-0001', 'now')");
    await engine.close();
    const ledger = await open();
    expect(await ledger.listRuns()).toEqual([]);
    await ledger.close();
  }, 60_000);
});
