import type { ModelDetail } from "@osteon/contracts";
import { useState } from "react";
import { Button } from "react-aria-components/Button";
import { Checkbox } from "react-aria-components/Checkbox";
import { promote } from "../../service/models.ts";
import { hasScope } from "../../service/session.ts";
import { useSession } from "../../shell/session-context.tsx";
import { MoveDialog } from "./move-dialog.tsx";

interface PromoteButtonProps {
  readonly model: ModelDetail;
  /** Whether this service can move what is on air. */
  readonly canMove: boolean;
}

/** Puts a version on air, after asking once more. */
export function PromoteButton({ model, canMove }: PromoteButtonProps) {
  const session = useSession();
  const [isOpen, setOpen] = useState(false);
  const [isOverriding, setOverriding] = useState(false);
  if (!canMove || model.on_air) return null;
  const isPassed = model.gate.passed === true;
  const mayMove = hasScope(session, "models:promote");
  return (
    <>
      <Button className="button main" onPress={() => setOpen(true)} isDisabled={!mayMove}>
        Promote …
      </Button>
      {!mayMove && <span className="small soft">needs the scope models:promote</span>}
      <MoveDialog
        title={`Put model ${model.version.slice(0, 8)} on air?`}
        action="Promote"
        isReasonNeeded={!isPassed}
        isReady={isPassed || isOverriding}
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        move={(reason) => promote(model.version, { reason, override: !isPassed && isOverriding })}
      >
        <p>
          It is loaded and sampled first. From then on every request is answered by it, within seconds; the version on
          air now can be rolled back to.
        </p>
        {!isPassed && (
          <div className="notice bad">
            <strong>It did not pass the release gate</strong>
            <ul>
              {model.gate.reasons.map((reason) => (
                <li key={reason}>{reason}</li>
              ))}
            </ul>
            <Checkbox className="check" isSelected={isOverriding} onChange={setOverriding}>
              <span className="box">{isOverriding && "✓"}</span>
              <span>Override the gate: I have a reason, and it is kept with my name</span>
            </Checkbox>
          </div>
        )}
      </MoveDialog>
    </>
  );
}
