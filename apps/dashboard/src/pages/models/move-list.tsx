import type { ModelMove } from "@osteon/contracts";
import { Link } from "wouter";
import { formatTime } from "../../format/format.ts";
import { Chip } from "../../shell/chip.tsx";

/** Who put what on air, and why. */
export function MoveList({ moves }: { readonly moves: readonly ModelMove[] }) {
  return (
    <ol className="list moves">
      {moves.map(({ sequence, action, version, at, by, reason, overridden }) => (
        <li key={sequence}>
          <time dateTime={at}>{formatTime(at)}</time>
          <div>
            <div className="row">
              <strong>{action === "promote" ? "Promoted" : "Rolled back to"}</strong>
              <Link href={`/models/${version}`} className="version">
                {version}
              </Link>
              {overridden.length > 0 && <Chip tone="bad">gate overridden</Chip>}
            </div>
            <p className="small soft">
              by {by}
              {reason !== "" && <>: {reason}</>}
            </p>
          </div>
        </li>
      ))}
    </ol>
  );
}
