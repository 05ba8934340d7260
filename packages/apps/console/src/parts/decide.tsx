import { Button } from "@mantine/core";
import type { Delivery } from "@trestle/api/contract";
import { useState } from "react";
import { type Decision, useDecide } from "../api/queries.ts";
import { ReasonDialog } from "./reason-dialog.tsx";

/** Retry and cancel, where a delivery can still be decided. */
export function Decide({ delivery }: { delivery: Delivery }) {
  const [asked, setAsked] = useState<Decision["decision"]>();
  const decide = useDecide();
  if (delivery.state !== "held" && delivery.state !== "queued" && asked === undefined) return null;
  const close = () => {
    setAsked(undefined);
    decide.reset();
  };
  const state = decide.data?.state;
  return (
    <>
      <Button.Group>
        <Button variant="default" size="compact-xs" onClick={() => setAsked("retry")}>
          Retry
        </Button>
        <Button variant="default" size="compact-xs" onClick={() => setAsked("cancel")}>
          Cancel
        </Button>
      </Button.Group>
      <ReasonDialog
        isOpen={asked !== undefined}
        onClose={close}
        title={`${asked === "cancel" ? "Cancel" : "Retry"} the delivery to ${delivery.destination}`}
        action={asked === "cancel" ? "Cancel 1 delivery" : "Retry 1 delivery"}
        isBusy={decide.isPending}
        error={decide.error}
        done={state === undefined ? undefined : `The delivery is ${state} now.`}
        onDecide={(reason) => {
          if (asked !== undefined) {
            decide.mutate({ deliveryId: delivery.id, decision: asked, reason });
          }
        }}
      >
        {asked === undefined ? "" : willHappen(delivery, asked)}
      </ReasonDialog>
    </>
  );
}

function willHappen({ type, destination, reason }: Delivery, decision: Decision["decision"]) {
  if (decision === "cancel") {
    return `${destination} never gets this ${type}. What waits behind it for the same patient moves on. It cannot be taken back; the message can be replayed.`;
  }
  const twice =
    reason === undefined
      ? ""
      : " If the destination took it before and only its answer was lost, it gets it twice, with the same idempotency key.";
  return `1 ${type} is sent to ${destination} once more, now, before what waits behind it for the same patient.${twice}`;
}
