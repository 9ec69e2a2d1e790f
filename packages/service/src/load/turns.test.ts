import { describe, expect, it } from "vitest";
import { Turns } from "./turns.ts";

/** @returns the number of the event loop's turn, counted from now */
function countTurns(): { turn: () => number; stop: () => void } {
  let turn = 0;
  let timer = setImmediate(function next() {
    turn++;
    timer = setImmediate(next);
  });
  return { turn: () => turn, stop: () => clearImmediate(timer) };
}

describe("turns of the event loop", () => {
  it("are given in the order asked for, each to one piece of work", async () => {
    const turns = new Turns();
    const { turn, stop } = countTurns();
    const seen: { readonly piece: number; readonly turn: number }[] = [];
    await Promise.all(
      Array.from({ length: 6 }, async (_, piece) => {
        await turns.take();
        seen.push({ piece, turn: turn() });
      }),
    );
    stop();
    expect(seen.map(({ piece }) => piece)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(new Set(seen.map((entry) => entry.turn)).size).toBe(6);
  });

  it("let who comes in between have its turn before who asks again", async () => {
    const turns = new Turns();
    const order: string[] = [];
    const large = async () => {
      for (let piece = 1; piece <= 3; piece++) {
        await turns.take();
        order.push(`large ${piece}`);
      }
    };
    const small = async () => {
      await turns.take();
      order.push("small");
    };
    await Promise.all([large(), small()]);
    expect(order).toEqual(["large 1", "small", "large 2", "large 3"]);
  });

  it("do not wait where nobody else is at work", async () => {
    const turns = new Turns();
    const { turn, stop } = countTurns();
    await turns.take();
    stop();
    expect(turn()).toBe(0);
  });
});
