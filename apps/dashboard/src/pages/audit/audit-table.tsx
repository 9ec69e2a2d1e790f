import { formatTime } from "../../format/format.ts";
import type { AuditEntryView } from "../../service/audit.ts";
import { Chip, type Tone } from "../../shell/chip.tsx";

const tones: Readonly<Record<AuditEntryView["outcome"], Tone>> = {
  attempted: "open",
  succeeded: "good",
  failed: "bad",
};

export function AuditTable({ entries }: { readonly entries: readonly AuditEntryView[] }) {
  return (
    <table className="stack">
      <thead>
        <tr>
          <th scope="col">When</th>
          <th scope="col">Who</th>
          <th scope="col">Action</th>
          <th scope="col">Outcome</th>
          <th scope="col">Detail</th>
        </tr>
      </thead>
      <tbody>
        {entries.map(({ id, at, principal, action, outcome, error_code: code, detail }) => (
          <tr key={id}>
            <td>
              <time dateTime={at}>{formatTime(at)}</time> <span className="small soft">no. {id}</span>
            </td>
            <td data-label="Who" className="unbroken">
              {principal}
            </td>
            <th scope="row">{action}</th>
            <td data-label="Outcome">
              <Chip tone={tones[outcome]}>{outcome}</Chip> {code !== null && <code className="small">{code}</code>}
            </td>
            <td className="small soft breakable">{describe(detail)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function describe(detail: AuditEntryView["detail"]): string {
  return Object.entries(detail)
    .map(([name, value]) => `${name}: ${typeof value === "string" ? shorten(value) : JSON.stringify(value)}`)
    .join("; ");
}

/** Enough of a digest to tell it from others; the export has all of it. */
function shorten(text: string): string {
  return /^[0-9a-f]{64}$/.test(text) ? `${text.slice(0, 12)}…` : text;
}
