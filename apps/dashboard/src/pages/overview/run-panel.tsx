import type { RunProgress } from "@osteon/contracts";
import { Chip, type Tone } from "../../shell/chip.tsx";
import { Panel } from "../../shell/panel.tsx";
import { ProgressTrack } from "../../shell/progress-track.tsx";

const tones: Readonly<Record<RunProgress["steps"][number]["status"], Tone>> = {
  waiting: "plain",
  running: "open",
  done: "good",
  failed: "bad",
  interrupted: "bad",
};

/** A training run as it goes. */
export function RunPanel({ run }: { readonly run: RunProgress }) {
  const running = run.steps.find(({ status }) => status === "running");
  const failed = run.steps.find(({ error_code: code }) => code !== null);
  return (
    <Panel title="Training run" note={<code>{run.run.slice(0, 12)}</code>}>
      <ol className="steps">
        {run.steps.map(({ name, status }) => (
          <li key={name}>
            <Chip tone={tones[status]}>{`${name}: ${status}`}</Chip>
          </li>
        ))}
      </ol>
      {running !== undefined && (
        <ProgressTrack label={`${running.name}${run.message === null ? "" : `: ${run.message}`}`} share={run.share} />
      )}
      {failed !== undefined && (
        <p>
          The step {failed.name} ended with <code>{failed.error_code}</code>; `osteon run` goes on where it stopped.
        </p>
      )}
    </Panel>
  );
}
