import { Link } from "@tanstack/react-router";
import { Command, Empty } from "../../parts/notice.tsx";

/** No row: because of the filter, or because nothing came yet. */
export function NoMessages({ isNarrowed }: { isNarrowed: boolean }) {
  if (isNarrowed) {
    return (
      <Empty title="No message matches">
        <p>Nothing that this hub received fits all of the filters above. Take one away, or</p>
        <p>
          <Link to="/messages" search={{}}>
            show all messages
          </Link>
        </p>
      </Empty>
    );
  }
  return (
    <Empty title="No message came yet">
      <p>
        Each message that a site sends appears here the moment it is stored. Send one to see it, or
        start the simulated site:
      </p>
      <p>
        <Command>npx trestle hl7 send message.hl7 --to 127.0.0.1:2575</Command>
      </p>
      <p>
        <Command>npx trestle sandbox</Command>
      </p>
    </Empty>
  );
}
