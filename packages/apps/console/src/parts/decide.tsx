import { Button } from "@mantine/core";
import type { Delivery } from "@trestle/api/contract";
import { type Decision, useDecide } from "../api/queries.ts";
import { createStore, useStore } from "../api/store.ts";
import styles from "./page.module.css";
import { ReasonDialog } from "./reason-dialog.tsx";

/** Retry and cancel, where a delivery can still be decided. */
export function Decide({ delivery }: { delivery: Delivery }) {
  if (delivery.state !== "held" && delivery.state !== "queued") return null;
  const ask = (decision: Decision["decision"]) => askedStore.set({ delivery, decision });
  return (
    <div className={styles["decide"]}>
      <Button variant="default" size="compact-xs" onClick={() => ask("retry")}>
        Retry
      </Button>
      <Button variant="default" size="compact-xs" onClick={() => ask("cancel")}>
        Cancel
      </Button>
    </div>
  );
}

/**
 * Asks why, and says what came of it. One for all pages: what was decided is no longer held, so the
 * row that it was asked from may be gone by then.
 */
export function DecideDialog() {
  const asked = useStore(askedStore);
  const decide = useDecide();
  if (asked === undefined) return null;
  const { delivery, decision } = asked;
  const state = decide.data?.state;
  const verb = decision === "cancel" ? "Cancel" : "Retry";
  return (
    <ReasonDialog
      isOpen
      onClose={() => {
        askedStore.set(undefined);
        decide.reset();
      }}
      title={`${verb} the delivery to ${delivery.destination}`}
      action={`${verb} 1 delivery`}
      isBusy={decide.isPending}
      error={decide.error}
      done={state === undefined ? undefined : `The delivery is ${state} now.`}
      onDecide={(reason) => decide.mutate({ deliveryId: delivery.id, decision, reason })}
    >
      {willHappen(delivery, decision)}
    </ReasonDialog>
  );
}

function willHappen({ type, destination, reason }: Delivery, decision: Decision["decision"]) {
  if (decision === "cancel") {
    return `${destination} never gets this ${type}. What waits behind it for the same patient moves on. It cannot be taken back; the message can be replayed.`;
  }
  if (reason?.code === "channels.codeWithoutRow") {
    return `1 ${type} is sent to ${destination} now with the code as it was sent, before what waits behind it for the same patient. With a row in the table it would go on by itself.`;
  }
  const twice =
    reason === undefined
      ? ""
      : " If the destination took it before and only its answer was lost, it gets it twice, with the same idempotency key.";
  return `1 ${type} is sent to ${destination} once more, now, before what waits behind it for the same patient.${twice}`;
}

interface Asked {
  readonly delivery: Delivery;
  readonly decision: Decision["decision"];
}

const askedStore = createStore<Asked | undefined>(undefined);
