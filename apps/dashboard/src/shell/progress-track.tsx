import { Label } from "react-aria-components/Label";
import { ProgressBar } from "react-aria-components/ProgressBar";

interface ProgressTrackProps {
  readonly label: string;
  /** Null where it is not known how much is left. */
  readonly share: number | null;
  /** How far it is, in words; a screen reader tells it in place of the percentage. */
  readonly text?: string;
}

export function ProgressTrack({ label, share, text }: ProgressTrackProps) {
  const reached = share === null ? { isIndeterminate: true } : { value: 100 * share };
  return (
    <ProgressBar className="progress" {...reached} {...(text !== undefined && { valueLabel: text })}>
      {({ percentage }) => (
        <>
          <div className="reached small">
            <Label>{label}</Label>
            {text !== undefined && <span>{text}</span>}
          </div>
          <div className="track">
            <div className="fill" style={{ width: percentage === undefined ? "35%" : `${percentage}%` }} />
          </div>
        </>
      )}
    </ProgressBar>
  );
}
