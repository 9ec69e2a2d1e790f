import { Button } from "react-aria-components/Button";
import { ProgressTrack } from "./progress-track.tsx";

interface ProgressRowProps {
  readonly label: string;
  /** Null where it is not known how much is left. */
  readonly share: number | null;
  readonly text: string;
  readonly onCancel: () => void;
}

/** How far something long is, and the way to end it. */
export function ProgressRow({ label, share, text, onCancel }: ProgressRowProps) {
  return (
    <div className="progress-row">
      <ProgressTrack label={label} share={share} text={text} />
      <Button className="button" onPress={onCancel}>
        Cancel
      </Button>
    </div>
  );
}
