import { Label } from "react-aria-components/Label";
import { ProgressBar } from "react-aria-components/ProgressBar";

interface ProgressTrackProps {
  readonly label: string;
  /** Null where it is not known how much is left. */
  readonly share: number | null;
}

export function ProgressTrack({ label, share }: ProgressTrackProps) {
  return (
    <ProgressBar className="progress" {...(share === null ? { isIndeterminate: true } : { value: 100 * share })}>
      {({ percentage }) => (
        <>
          <Label className="small">{label}</Label>
          <div className="track">
            <div className="fill" style={{ width: percentage === undefined ? "35%" : `${percentage}%` }} />
          </div>
        </>
      )}
    </ProgressBar>
  );
}
