import { afterEach, describe, expect, it } from "vitest";
import type { OddTask } from "./testing/odd-thread.ts";
import { ThreadPool, type ThreadPoolOptions } from "./thread-pool.ts";

type OddPool = ThreadPool<OddTask, number, string>;

const lost = { code: "service.worker-lost" };
/** For what follows by itself, however busy the machine. */
const patience = { timeout: 30_000 };
let pool: OddPool | undefined;
let flags: Int32Array;

afterEach(async () => {
  await pool?.close();
  pool = undefined;
});

async function open(options: Partial<ThreadPoolOptions> & { readonly starts?: number } = {}): Promise<OddPool> {
  const { starts = 100, ...others } = options;
  flags = new Int32Array(new SharedArrayBuffer(12));
  flags[0] = starts;
  const opened = await ThreadPool.open<OddTask, number, string>({
    module: new URL("./testing/odd-thread.ts", import.meta.url),
    data: { flags },
    threads: 1,
    tasksAtOnce: 2,
    deadlineMs: 60_000,
    ...others,
  });
  expect(opened.info).toBe("odd");
  pool = opened.pool;
  return pool;
}

function letGo(): void {
  Atomics.store(flags, 1, 1);
  Atomics.notify(flags, 1);
}

describe("ThreadPool", () => {
  it("gives each task its own result, more of them than threads", async () => {
    const { run } = bound(await open({ threads: 2 }));
    const results = await Promise.all(Array.from({ length: 50 }, (_, value) => run({ value })));
    expect(results).toEqual(Array.from({ length: 50 }, (_, value) => value));
  });

  it("leaves the caller's event loop free while a thread is busy", async () => {
    const { run } = bound(await open());
    const waiting = run("wait");
    await expect.poll(() => Atomics.load(flags, 2), patience).toBe(1);
    letGo();
    expect(await waiting).toBe(0);
  });

  it("gives work to the thread that has least", async () => {
    const { run } = bound(await open({ threads: 2 }));
    const waiting = run("wait");
    await expect.poll(() => Atomics.load(flags, 2), patience).toBe(1);
    // Would not be answered behind the one that waits.
    expect(await run({ value: 1 })).toBe(1);
    expect(await run({ value: 2 })).toBe(2);
    letGo();
    await waiting;
  });

  it("brings errors across as they were thrown", async () => {
    const { run } = bound(await open());
    await expect(run("throw-coded")).rejects.toMatchObject({
      code: "generator.rare-profile",
      parameters: { loosen: "age" },
    });
    const error = await run("throw").then(
      () => undefined,
      (thrown: unknown) => thrown as Error,
    );
    expect(error).toMatchObject({ name: "TypeError", message: "odd" });
    expect(error!.stack).toMatch(/odd-thread/);
  });

  it.each([["die"], ["crash"]] as const)(
    "replaces a thread that ends (%s), fails its tasks as worth another try, and works on",
    async (how) => {
      let losses = 0;
      const { run } = bound(await open({ tasksAtOnce: 1, onLost: () => losses++ }));
      const [fatal, waiting] = [run(how), run({ value: 7 })];
      await expect(fatal).rejects.toMatchObject(lost);
      expect(await waiting).toBe(7);
      expect(losses).toBe(1);
      expect(await run({ value: 8 })).toBe(8);
    },
  );

  it("ends a thread that is silent for too long", async () => {
    const { run } = bound(await open({ deadlineMs: 300 }));
    await expect(run("spin")).rejects.toMatchObject(lost);
    expect(await run({ value: 5 })).toBe(5);
  });

  it("does not open where a thread cannot start", async () => {
    await expect(open({ starts: 1, threads: 2 })).rejects.toMatchObject({ code: "generator.unknown-family" });
  });

  it("fails tasks at once while no thread can be started, and works again when one can", async () => {
    const { run } = bound(await open({ starts: 1 }));
    await expect(run("die")).rejects.toMatchObject(lost);
    // One of these may wait for the start that fails.
    await expect(run({ value: 1 })).rejects.toMatchObject(lost);
    await expect.poll(() => Atomics.load(flags, 0), patience).toBeLessThan(0);
    await expect(run({ value: 1 })).rejects.toMatchObject(lost);
    Atomics.store(flags, 0, 100);
    await expect.poll(() => run({ value: 2 }).catch(() => undefined), patience).toBe(2);
  });

  it("fails what is under way when it closes, and what comes later", async () => {
    const { run, close } = bound(await open());
    const tasks = [run("wait"), run("wait"), run({ value: 1 })].map((task) => expect(task).rejects.toMatchObject(lost));
    await close();
    await Promise.all(tasks);
    await expect(run({ value: 1 })).rejects.toMatchObject(lost);
  });
});

function bound(opened: OddPool) {
  return { run: (task: OddTask) => opened.run(task), close: () => opened.close() };
}
