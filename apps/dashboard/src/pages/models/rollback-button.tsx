import type { ModelList, ModelMove } from "@osteon/contracts";
import { useState } from "react";
import { Button } from "react-aria-components/Button";
import { Choices } from "../../shell/choices.tsx";
import { rollBack } from "../../service/models.ts";
import { hasScope } from "../../service/session.ts";
import { useSession } from "../../shell/session-context.tsx";
import { MoveDialog } from "./move-dialog.tsx";

const theOneBefore = "before";
const mostOffered = 4;

interface RollbackButtonProps {
  readonly models: ModelList | undefined;
  readonly moves: readonly ModelMove[];
}

/** Puts an earlier version back on air, after asking once more. */
export function RollbackButton({ models, moves }: RollbackButtonProps) {
  const session = useSession();
  const [isOpen, setOpen] = useState(false);
  const [target, setTarget] = useState<string>(theOneBefore);
  if (models?.can_move !== true) return null;
  const onAir = moves.at(-1)?.version;
  const earlier = [...new Set(moves.map(({ version }) => version).toReversed())].filter((version) => version !== onAir);
  if (earlier.length === 0) return null;
  return (
    <>
      <Button className="button" onPress={() => setOpen(true)} isDisabled={!hasScope(session, "models:promote")}>
        Roll back …
      </Button>
      <MoveDialog
        title="Put an earlier version back on air?"
        action="Roll back"
        isReasonNeeded={false}
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        move={(reason) => rollBack({ reason, ...(target !== theOneBefore && { to: target }) })}
      >
        <p>It is loaded and sampled first: if that fails, what is on air stays.</p>
        <Choices
          label="Version"
          value={target}
          onChange={setTarget}
          options={[
            { value: theOneBefore, name: "the one before" },
            ...earlier.slice(0, mostOffered).map((version) => ({ value: version, name: version.slice(0, 8) })),
          ]}
        />
      </MoveDialog>
    </>
  );
}
