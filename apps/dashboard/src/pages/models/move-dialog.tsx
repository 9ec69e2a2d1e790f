import { useQueryClient } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { Button } from "react-aria-components/Button";
import { Dialog } from "react-aria-components/Dialog";
import { Heading } from "react-aria-components/Heading";
import { Modal, ModalOverlay } from "react-aria-components/Modal";
import { ServiceFault } from "../../service/ask.ts";
import { Field } from "../../shell/text-field.tsx";

interface MoveDialogProps {
  readonly title: string;
  readonly action: string;
  readonly isReasonNeeded: boolean;
  /** False until what else is asked for is given. */
  readonly isReady?: boolean;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly move: (reason: string) => Promise<unknown>;
  readonly children: ReactNode;
}

/** Asks once more before what is on air changes, and for the reason that the history keeps. */
export function MoveDialog(props: MoveDialogProps) {
  const { title, action, isReasonNeeded, isReady = true, isOpen, onClose, move, children } = props;
  const queries = useQueryClient();
  const [reason, setReason] = useState("");
  const [fault, setFault] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const lacksReason = isReasonNeeded && reason.trim() === "";
  const confirm = async (): Promise<void> => {
    setBusy(true);
    setFault(undefined);
    try {
      await move(reason.trim());
      await queries.invalidateQueries();
      onClose();
    } catch (error) {
      setFault(error instanceof ServiceFault ? error.message : "The change failed");
    } finally {
      setBusy(false);
    }
  };
  return (
    <ModalOverlay
      className="overlay"
      isOpen={isOpen}
      onOpenChange={(open) => !open && !isBusy && onClose()}
      isDismissable={!isBusy}
    >
      <Modal className="dialog">
        <Dialog role="alertdialog">
          <Heading slot="title" level={2}>
            {title}
          </Heading>
          {children}
          <Field
            label={isReasonNeeded ? "Reason (needed)" : "Reason"}
            value={reason}
            onChange={setReason}
            rows={3}
            hint="It stays in the signed history for good: no names of patients."
          />
          {fault !== undefined && (
            <div className="notice bad" role="alert">
              <p>{fault}</p>
            </div>
          )}
          <div className="dialog-actions">
            <Button className="button" onPress={onClose} isDisabled={isBusy}>
              Cancel
            </Button>
            <Button
              className="button main"
              onPress={() => void confirm()}
              isDisabled={isBusy || lacksReason || !isReady}
            >
              {isBusy ? "Loading and sampling it first …" : action}
            </Button>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
