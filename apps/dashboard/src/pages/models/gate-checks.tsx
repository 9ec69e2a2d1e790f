import type { ModelDetail } from "@osteon/contracts";
import { asWords } from "../../format/format.ts";
import { GateChip } from "../../shell/chip.tsx";
import { Panel } from "../../shell/panel.tsx";

const titles = {
  passed: "The release gate is passed",
  not: "The release gate is not passed",
  open: "Whether the model may be released cannot be told",
};

/** Whether it may be released, and by what. */
export function GateChecks({ model: { gate, checks } }: { readonly model: ModelDetail }) {
  const title = gate.passed === null ? titles.open : gate.passed ? titles.passed : titles.not;
  const tone = gate.passed === null ? "open" : gate.passed ? "good" : "bad";
  return (
    <Panel title={title}>
      {checks.length === 0 ? (
        <div className={`notice ${tone}`}>
          <p>{gate.reasons.join(" ") || "The package says no more."}</p>
        </div>
      ) : (
        <ul className="list">
          {checks.map(({ name, passed, statement }) => (
            <li key={name} className={`notice ${passed === null ? "open" : passed ? "good" : "bad"}`}>
              <div className="row">
                <strong>{asWords(name)}</strong>
                <GateChip passed={passed} />
              </div>
              <p>{statement}</p>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
