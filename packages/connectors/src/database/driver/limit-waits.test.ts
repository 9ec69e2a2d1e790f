import { setTimeout as delay } from "node:timers/promises";
import { expect, it } from "vitest";
import { limitWaits } from "./limit-waits.ts";

async function* numbers(...waits: readonly number[]): AsyncGenerator<number> {
  for (const [i, wait] of waits.entries()) {
    await delay(wait);
    yield i;
  }
}

async function gather<T>(source: AsyncIterable<T>, into: T[], work = 0): Promise<void> {
  for await (const item of source) {
    into.push(item);
    await delay(work);
  }
}

it("gives all of a source, however long the work on each piece takes", async () => {
  const given: number[] = [];
  await gather(limitWaits(numbers(0, 0), 1, "a query"), given, 1100);
  expect(given).toEqual([0, 1]);
});

it("stops waiting for what does not come, and names the query", async () => {
  const given: number[] = [];
  const gathering = gather(limitWaits(numbers(0, 60_000), 0.05, "hospital.expression"), given);
  await expect(gathering).rejects.toMatchObject({
    code: "connectors.query-timeout",
    parameters: { query: "hospital.expression", seconds: 0.05 },
  });
  expect(given).toEqual([0]);
});
