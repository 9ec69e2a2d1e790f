import type { ModelScore } from "@osteon/contracts";
import { formatInterval } from "../../format/format.ts";

const [from, to] = [-0.25, 1.25];

/** A calibrated value between floor (0) and fresh real patients (1), with its interval. */
export function ScoreStrip({ calibrated }: { readonly calibrated: ModelScore["calibrated"] }) {
  if (calibrated === null) {
    return (
      <span className="soft">
        –<span className="unseen"> not informative</span>
      </span>
    );
  }
  const x = (value: number) => `${(100 * (Math.min(to, Math.max(from, value)) - from)) / (to - from)}%`;
  return (
    <div className="strip">
      <svg height="16" width="100%" aria-hidden="true">
        <line className="reference-line" x1={x(0)} x2={x(0)} y1="0" y2="16" />
        <line className="reference-line" x1={x(1)} x2={x(1)} y1="0" y2="16" />
        <line className="interval" x1={x(calibrated.lower)} x2={x(calibrated.upper)} y1="8" y2="8" />
        <circle className="dot" cx={x(calibrated.value)} cy="8" r="4.5" />
      </svg>
      <span className="small soft">{formatInterval(calibrated)}</span>
    </div>
  );
}
