import { asWords, countOf, formatCount, formatNumber, formatTime } from "../../format/format.ts";
import type { DriftCheck } from "../../service/drift.ts";
import { Chip, type Tone } from "../../shell/chip.tsx";
import { Panel } from "../../shell/panel.tsx";
import { DriftVariables } from "./drift-variables.tsx";
import { driftTones } from "./drift-state.ts";

const groupTones: Readonly<Record<string, Tone>> = { "no drift": "good", drift: "bad" };

interface DriftCheckPanelProps {
  readonly check: DriftCheck;
  readonly checkedAt: string;
}

/** One check: its state, what to do, then groups and variables. */
export function DriftCheckPanel({ check, checkedAt }: DriftCheckPanelProps) {
  const { state, reasons, next, reference, patients, comparison, sequential, notes } = check;
  const { name, tone } = driftTones[state];
  return (
    <>
      <section className={`notice ${tone}`}>
        <div className="row">
          <h2>{name}</h2>
          <span className="small soft">
            {formatTime(checkedAt)}: {countOf(patients.compared, "patient")} beside {formatCount(reference.patients)} of
            the reference
          </span>
        </div>
        {reasons.map(({ code, what }) => (
          <p key={code + what}>{what}</p>
        ))}
        {next.length > 0 && (
          <>
            <h3>What to do next</h3>
            <ul>
              {next.map((step) => (
                <li key={step}>{step}</li>
              ))}
            </ul>
          </>
        )}
      </section>
      {comparison !== null && (
        <>
          <Panel title="By kind of data" note={`Chance of any false alarm: ${formatNumber(comparison.level)}`}>
            <table className="stack">
              <thead>
                <tr>
                  <th scope="col">Kind</th>
                  <th scope="col">State</th>
                  <th scope="col" className="number">
                    Variables
                  </th>
                  <th scope="col" className="number">
                    Drifted
                  </th>
                  <th scope="col" className="number">
                    q
                  </th>
                </tr>
              </thead>
              <tbody>
                {comparison.groups.map((group) => (
                  <tr key={group.name}>
                    <th scope="row">{asWords(group.name)}</th>
                    <td data-label="State">
                      <Chip tone={groupTones[group.state] ?? "open"}>{group.state}</Chip>
                    </td>
                    <td className="number" data-label="Variables">
                      {group.variables}
                    </td>
                    <td className="number" data-label="Drifted">
                      {group.drifted}
                    </td>
                    <td className="number" data-label="q">
                      {formatNumber(group.qValue, 3)}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Panel>
          <Panel title="Variables that moved most" note="Difference with the band that chance gives at these numbers">
            <DriftVariables variables={comparison.variables} />
          </Panel>
        </>
      )}
      {(sequential !== null || notes.length > 0) && (
        <Panel title="Notes">
          {sequential !== null && (
            <p>
              {countOf(sequential.looks, "look")} at {countOf(sequential.patients, "patient")} so far; the chance of any
              false alarm over all looks, ever, is at most {formatNumber(sequential.level)}.
            </p>
          )}
          {notes.map((note) => (
            <p key={note}>{note}</p>
          ))}
        </Panel>
      )}
    </>
  );
}
