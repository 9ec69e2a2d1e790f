import { expect, it } from "vitest";
import { codeBatches } from "./code-batches.ts";

const repeated = (label: string | undefined, times: number) => Array.from({ length: times }, () => label);

it("codes batches by size, then by label, and keeps small ones to itself", () => {
  const labels = [...repeated("b", 5), ...repeated("a", 5), ...repeated("c", 7), ...repeated("d", 4), undefined];
  const coded = codeBatches(labels)!;
  expect(coded).toMatchObject({ batches: 3, tooSmall: 4 });
  expect([...coded.codes]).toEqual([2, 2, 2, 2, 2, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, -1, -1, -1, -1, -1]);
  expect([...codeBatches(labels.toReversed())!.codes]).toEqual([...coded.codes].reverse());
});

it("tells nothing of labels that are one patient's each", () => {
  expect([...codeBatches(["anna", "berta", "clara"])!.codes]).toEqual([-1, -1, -1]);
  expect(codeBatches([undefined, undefined])).toBeUndefined();
});
