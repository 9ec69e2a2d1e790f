import { describe, expect, it } from "vitest";
import { parseAcceptances } from "./acceptance.ts";
import type { CheckResult, Finding } from "./finding.ts";
import { formatJudgement } from "./format-judgement.ts";
import { isClean, judgeFindings } from "./judge-findings.ts";

const today = "2026-11-29";
const finding: Finding = {
  check: "licences",
  id: "left-pad GPL-3.0-only",
  says: "Not on the list.",
  where: "left-pad@1.0.0",
};
const found: CheckResult = { check: "licences", looked: "2 packages", findings: [finding] };
const nothing: CheckResult = { ...found, findings: [] };
const offline: CheckResult = { check: "dependencies", notChecked: "getaddrinfo ENOTFOUND" };

function accept(expires: string, id = finding.id) {
  return parseAcceptances(`
- check: licences
  findings: [${id}]
  reason: Asked the authors, who license it to us under MIT as well.
  expires: ${expires}`);
}

describe("judging findings", () => {
  it("fails for a finding that nobody gave a reason for, and says where it is", () => {
    const judgement = judgeFindings([found], [], today);
    expect(isClean(judgement, false)).toBe(false);
    expect(formatJudgement(judgement)).toContain("1 UNEXPLAINED");
    expect(formatJudgement(judgement)).toContain("left-pad@1.0.0");
  });

  it("lets one stay that has a reason, to the last of its days and not on the next", () => {
    const onTheDay = judgeFindings([found], accept(today), today);
    expect(isClean(onTheDay, true)).toBe(true);
    expect(formatJudgement(onTheDay)).toContain("clean, 1 accepted");
    const after = judgeFindings([found], accept("2026-11-28"), today);
    expect(isClean(after, false)).toBe(false);
    expect(after.unexplained).toEqual([finding]);
    expect(formatJudgement(after)).toContain("expired on 2026-11-28");
  });

  it("lets a reason stand for its own finding alone", () => {
    expect(judgeFindings([found], accept("2027-01-01", "left-pad"), today).unexplained).toEqual([finding]);
  });

  it("reports an acceptance whose finding is gone", () => {
    const judgement = judgeFindings([nothing], accept("2027-01-01"), today);
    expect(isClean(judgement, false)).toBe(false);
    expect(formatJudgement(judgement)).toContain("is found no more");
  });

  it("does not take a check that could not be made for a clean one", () => {
    const judgement = judgeFindings([offline], [], today);
    expect(formatJudgement(judgement)).toMatch(/NOT CHECKED[^]*COULD NOT BE CHECKED[^]*ENOTFOUND[^]*that is not clean/);
    expect(isClean(judgement, false)).toBe(true);
    expect(isClean(judgement, true)).toBe(false);
  });

  it("does not call an acceptance obsolete whose check could not be made", () => {
    const accepted = accept("2027-01-01").map((each) => ({ ...each, check: "dependencies" as const }));
    expect(judgeFindings([offline], accepted, today).obsolete).toEqual([]);
  });
});

describe("the file of accepted findings", () => {
  it.each([
    ["no reason", "[{ check: licences, findings: [a], expires: 2027-01-01 }]", "reason"],
    ["a reason that says nothing", "[{ check: licences, findings: [a], reason: fine, expires: 2027-01-01 }]", "reason"],
    ["no end", "[{ check: licences, findings: [a], reason: Long enough to be a reason. }]", "expires"],
    [
      "an unknown check",
      "[{ check: luck, findings: [a], reason: Long enough to be a reason., expires: 2027-01-01 }]",
      "check",
    ],
  ])("is refused with %s", (_, text, names) => {
    expect(() => parseAcceptances(text)).toThrow(names);
  });

  it("is refused where one finding is accepted twice", () => {
    const one = "{ check: licences, findings: [a], reason: Long enough to be a reason., expires: 2027-01-01 }";
    expect(() => parseAcceptances(`[${one}, ${one}]`)).toThrow("twice");
  });
});
