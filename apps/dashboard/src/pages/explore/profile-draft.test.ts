import { describe, expect, it } from "vitest";
import { describeProfile, emptyDraft, readDraft } from "./profile-draft.ts";

describe("a profile as it is typed", () => {
  it("is what was given and nothing else", () => {
    expect(readDraft(emptyDraft)).toEqual({ isValid: true, profile: {}, count: 100, seed: undefined });
    const draft = {
      ...emptyDraft,
      survivalDays: " 800,5 ",
      event: "alive",
      ageYears: "15",
      metastasis: "yes",
      seed: "7",
    } as const;
    expect(readDraft(draft)).toEqual({
      isValid: true,
      profile: { survival_time: 800.5, event_occurred: 0, age: 15, metastasis: 1 },
      count: 100,
      seed: 7,
    });
  });

  it.each([
    ["survivalDays", "-1", "a number of 0 to 36525 days"],
    ["ageYears", "ninety", "a number of 0 to 89 years"],
    ["count", "1001", "an integer of 1 to 1000 patients"],
    ["count", "2.5", "an integer of 1 to 1000 patients"],
    ["seed", "1e99", "an integer of 0 to 9007199254740991"],
  ] as const)("is refused where %s is %s, in the contract's words", (field, text, allowed) => {
    const reading = readDraft({ ...emptyDraft, [field]: text });
    expect(reading).toEqual({ isValid: false, faults: { [field]: `Must be ${allowed}` } });
  });

  it("is told in words", () => {
    expect(describeProfile({})).toBe("no conditions");
    expect(describeProfile({ survival_time: 300, event_occurred: 1, age: 15, metastasis: 1 })).toBe(
      "died, at 300 days, 15 years old, metastatic at diagnosis",
    );
  });
});
