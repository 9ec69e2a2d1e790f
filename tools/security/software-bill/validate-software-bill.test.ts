import { expect, it } from "vitest";
import { readBillValidator } from "./validate-software-bill.ts";

const validate = await readBillValidator();
const bill = {
  bomFormat: "CycloneDX",
  specVersion: "1.5",
  components: [{ type: "library", name: "zod", version: "4.6.7", licenses: [{ license: { id: "MIT" } }] }],
};

it("takes a bill that is as CycloneDX has it", () => {
  expect(validate(bill)).toEqual([]);
});

it.each([
  ["without a form", { ...bill, bomFormat: undefined }, "bomFormat"],
  ["with a component of no kind", { ...bill, components: [{ name: "zod" }] }, "type"],
  [
    "with a licence that SPDX does not have",
    { ...bill, components: [{ ...bill.components[0], licenses: [{ license: { id: "Mine" } }] }] },
    "licenses",
  ],
])("says what is wrong with one %s", (_, wrong, names) => {
  expect(validate(JSON.parse(JSON.stringify(wrong))).join("\n")).toContain(names);
});
