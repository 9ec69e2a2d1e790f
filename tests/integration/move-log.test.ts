import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createDirectoryMoveLog, createSigningKey, ModelRegistry, type MoveLog } from "@osteon/registry";
import { openServerMoveLog } from "@osteon/storage";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openServerSession } from "../../packages/connectors/src/database/driver/open-server-session.ts";
import {
  skipsRealServer,
  startRealServer,
  type RealServer,
} from "../../packages/connectors/src/database/testing/real-server.ts";
import { startEmbeddedMoveLog } from "../../packages/storage/src/registry/testing/embedded-move-log.ts";
import { signedPackage } from "../../packages/registry/src/testing/signed-package.ts";

/*
 * The moves of the production pointer are kept in a directory or in PostgreSQL. Whatever the registry counts on is
 * asked of each here. The embedded database, which takes one process at a time, is no place for them: it runs the same
 * statements where there is no server.
 */

interface Place {
  /** The log, opened anew as another process would. */
  open(): Promise<MoveLog>;
  clear(): Promise<void>;
  close(): Promise<void>;
}

const snapshotFile = fileURLToPath(new URL("../../node_modules/.cache/osteon/empty-database.tar.gz", import.meta.url));
let folder: string;
let server: RealServer | undefined;

async function startDirectory(): Promise<Place> {
  const directory = join(folder, "production");
  const clear = () => Promise.resolve(rmSync(directory, { recursive: true, force: true }));
  return { open: () => Promise.resolve(createDirectoryMoveLog(directory)), clear, close: clear };
}

async function startServer(): Promise<Place> {
  server ??= await startRealServer();
  const { address } = server;
  const opened: AsyncDisposable[] = [];
  return {
    open: async () => {
      const log = await openServerMoveLog(address, "REGISTRY_DATABASE_URL");
      opened.push(log);
      return log;
    },
    clear: () => emptied(address),
    close: async () => void (await Promise.all(opened.map((log) => log[Symbol.asyncDispose]()))),
  };
}

const places = [
  { place: "a directory", skip: false, start: startDirectory },
  { place: "PGlite", skip: false, start: () => startEmbeddedMoveLog(join(folder, "database"), snapshotFile) },
  { place: "PostgreSQL", skip: skipsRealServer(), start: startServer },
] as const;

async function emptied(address: RealServer["address"]): Promise<void> {
  await using session = await openServerSession(address);
  await session.run("DROP SCHEMA IF EXISTS osteon_registry CASCADE");
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "osteon-moves-"));
});
afterAll(() => {
  server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const key = createSigningKey();
const promotion = { key, by: "tester", reason: "", override: false, prove: () => Promise.resolve() };

/** A registry of four versions on a log; where packages lie does not matter here. */
async function registryOn(moves: MoveLog): Promise<{ registry: ModelRegistry; versions: readonly string[] }> {
  const stored = new Map<string, Parameters<ModelRegistry["add"]>[0]>();
  const packages = {
    name: "memory",
    list: () => Promise.resolve([...stored.keys()].sort()),
    get: (version: string) => Promise.resolve(stored.get(version)),
    create: (version: string, value: Parameters<ModelRegistry["add"]>[0]) => {
      const isNew = !stored.has(version);
      if (isNew) stored.set(version, value);
      return Promise.resolve(isNew);
    },
    replace: () => Promise.resolve(),
    remove: () => Promise.resolve(),
  };
  const registry = new ModelRegistry({ packages, moves, trusted: [key.publicKey] });
  const versions: string[] = [];
  for (const name of ["a", "b", "c", "d"]) {
    versions.push((await registry.add(signedPackage(name, key), name)).facts.modelVersion);
  }
  return { registry, versions };
}

describe.each(places)("moves in $place", ({ skip, start }) => {
  describe.skipIf(skip)("", () => {
    let place: Place;
    let log: MoveLog;
    beforeAll(async () => {
      place = await start();
    });
    beforeEach(async () => {
      await place.clear();
      log = await place.open();
    });
    afterAll(() => place.close());

    it("are none at first, and then a history that another process reads to the letter", async () => {
      expect(await log.list()).toEqual([]);
      const { registry, versions } = await registryOn(log);
      for (const version of versions) await registry.promote(version, promotion);
      await registry.rollback(undefined, promotion);
      const other = await registryOn(await place.open());
      expect(await other.registry.history()).toEqual(await registry.history());
      expect((await other.registry.current())?.version).toBe(versions[2]);
    });

    it("are made by one of many who promote at the same time, and the others are told", async () => {
      const logs = await Promise.all([place.open(), place.open()]);
      const { registry, versions } = await registryOn(log);
      const others = await Promise.all(logs.map(async (each) => (await registryOn(each)).registry));
      // Each has seen the same history before any of them moves.
      let proving = 0;
      const { promise: allProve, resolve } = Promise.withResolvers<void>();
      const prove = () => {
        if (++proving === 4) resolve();
        return allProve;
      };
      const outcomes = await Promise.allSettled(
        [registry, ...others, registry].map((each, index) => each.promote(versions[index]!, { ...promotion, prove })),
      );
      expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
      for (const outcome of outcomes) {
        if (outcome.status === "rejected") expect(outcome.reason).toMatchObject({ code: "registry.moved-meanwhile" });
      }
      expect(await registry.history()).toHaveLength(1);
    });

    it("keep what stands there when a number is given twice", async () => {
      const first = { payloadType: "a", payload: "AA==", signatures: [{ keyid: "é 'quoted' ;--", sig: "AA==" }] };
      expect(await log.append(1, first)).toBe(true);
      expect(await log.append(1, { ...first, payload: "AAA=" })).toBe(false);
      expect(await log.list()).toEqual([first]);
    });
  });
});

describe.skipIf(skipsRealServer())("moves in PostgreSQL", () => {
  beforeAll(async () => {
    server ??= await startRealServer();
    await emptied(server.address);
    await using log = await openServerMoveLog(server.address, "DATABASE_URL");
    const { registry, versions } = await registryOn(log);
    for (const version of versions) await registry.promote(version, promotion);
  });

  const asRole = { user: "reader", password: "reads" };

  it("say of a role that may only read which variable to set, and are told to it all the same", async () => {
    await using owner = await openServerSession(server!.address);
    await owner.run("CREATE ROLE reader LOGIN PASSWORD 'reads'");
    const address = { ...server!.address, ...asRole };
    const code = "storage.read-only";
    await expect(openServerMoveLog(address, "DATABASE_URL")).rejects.toMatchObject({ code });
    await owner.run("GRANT USAGE ON SCHEMA osteon_registry TO reader");
    await owner.run("GRANT SELECT ON ALL TABLES IN SCHEMA osteon_registry TO reader");
    await using log = await openServerMoveLog(address, "DATABASE_URL");
    const { registry, versions } = await registryOn(log);
    expect((await registry.current())?.version).toBe(versions[3]);
    const refused: unknown = await registry.promote(versions[0]!, promotion).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code });
    expect(String(refused)).toMatch(/DATABASE_URL.*REGISTRY_DATABASE_URL/s);
    await owner.run("ALTER ROLE reader SET default_transaction_read_only = on");
    await owner.run("GRANT INSERT ON ALL TABLES IN SCHEMA osteon_registry TO reader");
    await using other = await openServerMoveLog(address, "DATABASE_URL");
    await expect(other.append(9, {})).rejects.toMatchObject({ code });
  });

  it("are refused by name where a row was changed, taken out or is no JSON, and where a newer Osteon was", async () => {
    await using owner = await openServerSession(server!.address);
    await using log = await openServerMoveLog(server!.address, "DATABASE_URL");
    const { registry } = await registryOn(log);
    const whole = await log.list();
    const broken = async (statement: string) => {
      await owner.run(statement);
      const refusal: unknown = await registry.history().catch((error: unknown) => error);
      await log.replaceAll(whole);
      return refusal;
    };
    const move = "osteon_registry.move";
    expect(await broken(`DELETE FROM ${move} WHERE sequence = 2`)).toMatchObject({ code: "registry.history" });
    expect(await broken(`UPDATE ${move} SET envelope = 'x' WHERE sequence = 3`)).toMatchObject({
      code: "registry.signature",
    });
    const swap = `UPDATE ${move} SET envelope = (SELECT envelope FROM ${move} WHERE sequence = 1) WHERE sequence = 4`;
    expect(await broken(swap)).toMatchObject({ code: "registry.history" });
    expect(await registry.history()).toHaveLength(4);
    await owner.run("INSERT INTO osteon_registry.kysely_migration VALUES ('9999-later', now())");
    await expect(openServerMoveLog(server!.address, "DATABASE_URL")).rejects.toMatchObject({
      code: "storage.newer-schema",
    });
    await owner.run("DELETE FROM osteon_registry.kysely_migration WHERE name = '9999-later'");
  });

  it("are read again once the server is back, after errors that may be tried again", async () => {
    await using log = await openServerMoveLog(server!.address, "DATABASE_URL");
    expect(await log.list()).toHaveLength(4);
    await using owner = await openServerSession(server!.address);
    // As a server that is stopped does: every connection of the pool ends.
    await owner.run("select pg_terminate_backend(pid)::text from pg_stat_activity where pid <> pg_backend_pid()");
    await expect.poll(() => log.list().catch(() => [])).toHaveLength(4);
    const nowhere = { ...server!.address, port: 1 };
    await expect(openServerMoveLog(nowhere, "DATABASE_URL")).rejects.toMatchObject({
      code: "storage.unreachable",
      definition: { retryable: true },
    });
  });
});
