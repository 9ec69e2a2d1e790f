import type { Acceptance } from "./acceptance.ts";
import type { CheckName, CheckResult, Finding } from "./finding.ts";

export interface Judgement {
  readonly results: readonly CheckResult[];
  /** Nobody gave a reason for these, or the reason has expired. */
  readonly unexplained: readonly Finding[];
  readonly accepted: readonly { readonly finding: Finding; readonly acceptance: Acceptance }[];
  /** Acceptances whose day has passed. Their findings are unexplained again. */
  readonly expired: readonly StaleAcceptance[];
  /** Accepted findings that are not there any more: take them out of the file. */
  readonly obsolete: readonly StaleAcceptance[];
  readonly notChecked: readonly { readonly check: CheckName; readonly why: string }[];
}

interface StaleAcceptance {
  readonly check: CheckName;
  readonly id: string;
  readonly expires: string;
}

/**
 * Holds what the checks found against what is accepted.
 *
 * @param today ISO 8601 date; an acceptance holds to the end of the day on which it expires
 */
export function judgeFindings(
  results: readonly CheckResult[],
  acceptances: readonly Acceptance[],
  today: string,
): Judgement {
  const checked = results.filter((result) => "findings" in result);
  const findings = checked.flatMap((result) => result.findings);
  const acceptanceOf = (finding: Finding) =>
    acceptances.find(
      ({ check, findings: ids, expires }) => check === finding.check && ids.includes(finding.id) && expires >= today,
    );
  const each = acceptances.flatMap(({ check, findings: ids, expires }) => ids.map((id) => ({ check, id, expires })));
  return {
    results,
    unexplained: findings.filter((finding) => acceptanceOf(finding) === undefined),
    accepted: findings.flatMap((finding) => {
      const acceptance = acceptanceOf(finding);
      return acceptance === undefined ? [] : [{ finding, acceptance }];
    }),
    expired: each.filter(({ expires }) => expires < today),
    // A check that could not look does not know what is gone.
    obsolete: each.filter(
      ({ check, id }) =>
        checked.some((result) => result.check === check) &&
        !findings.some((finding) => finding.check === check && finding.id === id),
    ),
    notChecked: results.flatMap((result) =>
      "notChecked" in result ? [{ check: result.check, why: result.notChecked }] : [],
    ),
  };
}

/** @param everything whether a check that could not be made fails too, as in continuous integration */
export function isClean(judgement: Judgement, everything: boolean): boolean {
  const { unexplained, expired, obsolete, notChecked } = judgement;
  return unexplained.length + expired.length + obsolete.length === 0 && !(everything && notChecked.length > 0);
}
