import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import type { Delivery, MessageSummary } from "@trestle/api/contract";
import { useEffect } from "react";
import { useReplay } from "../../api/queries.ts";
import { isFree } from "../../app/keyboard.ts";
import { Icon } from "../../parts/icon.tsx";
import { counted } from "../../parts/number-text.ts";
import { ReasonDialog } from "../../parts/reason-dialog.tsx";

interface ReplayProps {
  readonly message: MessageSummary;
  readonly deliveries: readonly Delivery[];
}

/** Maps the message again and owes its deliveries once more, after saying what that means. */
export function Replay({ message, deliveries }: ReplayProps) {
  const [isOpen, { open, close }] = useDisclosure(false);
  const replay = useReplay(message.id);
  useReplayKey(open);
  const made = replay.data?.deliveryIds.length;
  return (
    <>
      <Button variant="default" size="xs" leftSection={<Icon name="replay" />} onClick={open}>
        Replay
      </Button>
      <ReasonDialog
        isOpen={isOpen}
        onClose={() => {
          close();
          replay.reset();
        }}
        title={`Replay ${message.type} ${message.controlId}`}
        action={`Replay ${counted(1, "message")}`}
        isBusy={replay.isPending}
        error={replay.error}
        done={
          made === undefined
            ? undefined
            : `${counted(made, "delivery", "deliveries")} queued. While one waits it can be cancelled under Deliveries.`
        }
        onDecide={(reason) => replay.mutate(reason)}
      >
        {willHappen(deliveries)}
      </ReasonDialog>
    </>
  );
}

/** In numbers, as far as they can be known before: routes may have changed since. */
function willHappen(deliveries: readonly Delivery[]): string {
  const first = deliveries.filter(({ isReplay }) => !isReplay);
  const names = [...new Set(first.map(({ destination }) => destination))];
  const before =
    names.length === 0
      ? "It was owed to nobody before; the running revision decides to whom it goes now."
      : `It was owed to ${counted(names.length, "destination")} before (${names.join(", ")}) and will be sent there again, if the routes are still the same.`;
  return `1 message is mapped again with the running revision. ${before} Each gets it behind what already waits for that patient, marked as a replay.`;
}

function useReplayKey(open: () => void): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key !== "r" || !isFree(event)) return;
      event.preventDefault();
      open();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [open]);
}
