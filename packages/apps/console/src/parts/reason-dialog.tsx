import { Button, Group, Modal, Text, Textarea } from "@mantine/core";
import { type SubmitEvent, type ReactNode, useState } from "react";
import { Failure } from "./notice.tsx";

interface ReasonDialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly title: string;
  /** The words on the button that does it. */
  readonly action: string;
  readonly isBusy: boolean;
  readonly error: unknown;
  /** What happened, once it has. */
  readonly done: string | undefined;
  readonly onDecide: (reason: string) => void;
  /** What will happen, in numbers. */
  readonly children: ReactNode;
}

/** Says what will happen and asks why, before anything does. */
export function ReasonDialog(props: ReasonDialogProps) {
  const { isOpen, onClose, title, done } = props;
  return (
    <Modal opened={isOpen} onClose={onClose} title={title} size={520}>
      {done === undefined ? (
        <ReasonForm {...props} />
      ) : (
        <>
          <Text component="output" display="block">
            {done}
          </Text>
          <Group justify="flex-end" mt="md">
            <Button variant="default" onClick={onClose}>
              Close
            </Button>
          </Group>
        </>
      )}
    </Modal>
  );
}

function ReasonForm({ onClose, action, isBusy, error, onDecide, children }: ReasonDialogProps) {
  const [reason, setReason] = useState("");
  const missing = shortestReason - reason.trim().length;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (missing <= 0) onDecide(reason.trim());
  };
  return (
    <form onSubmit={submit}>
      <Text mb="md">{children}</Text>
      <Textarea
        label="Reason"
        description="Kept in the access record with your name. Write nothing about a patient."
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        maxLength={500}
        rows={3}
        data-autofocus
        required
      />
      {error === null || error === undefined ? null : <Failure error={error} />}
      <Group justify="flex-end" mt="md">
        <Text size="xs" c="dimmed" aria-live="polite">
          {missing > 0 ? `${missing} more characters` : ""}
        </Text>
        <Button variant="default" onClick={onClose}>
          Do nothing
        </Button>
        <Button type="submit" disabled={missing > 0} loading={isBusy}>
          {action}
        </Button>
      </Group>
    </form>
  );
}

const shortestReason = 10;
