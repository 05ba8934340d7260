import { getRouteApi } from "@tanstack/react-router";
import { useMemo } from "react";
import { useExplanation, useMessage } from "../../api/queries.ts";
import { Loading } from "../../parts/loading.tsx";
import { Failure } from "../../parts/notice.tsx";
import { Page } from "../../parts/page.tsx";
import { Acknowledgement } from "./acknowledgement.tsx";
import { Columns } from "./columns.tsx";
import { MessageDeliveries } from "./message-deliveries.tsx";
import { type MessageReply, Headline, stateOf } from "./headline.tsx";
import { Replay } from "./replay.tsx";
import { resourcesOf } from "./result.ts";
import { useSelection } from "./selection.ts";
import { Warnings } from "./warnings.tsx";

const route = getRouteApi("/messages/$messageId");

/** One message: its whole story. */
export function MessagePage() {
  const { messageId } = route.useParams();
  const { data, error, refetch } = useMessage(messageId);
  if (data === undefined) {
    return (
      <Page title="Message" sentence={`Message ${messageId}`}>
        {error === null ? <Loading /> : <Failure error={error} retry={() => void refetch()} />}
      </Page>
    );
  }
  return <Story reply={data} />;
}

function Story({ reply }: { reply: MessageReply }) {
  const { message, deliveries } = reply;
  const explanation = useExplanation(message.id);
  const resources = useMemo(
    () => (explanation.data === undefined ? [] : resourcesOf(explanation.data)),
    [explanation.data],
  );
  const selection = useSelection(resources);
  const canReplay = message.disposition === "accepted";
  return (
    <Page
      title={`${message.type} ${message.id}`}
      state={stateOf(reply)}
      sentence={<Headline reply={reply} />}
      aside={canReplay ? <Replay message={message} deliveries={deliveries} /> : null}
    >
      <Warnings message={message} explanation={explanation.data} select={selection.selectPlace} />
      <Columns
        reply={reply}
        resources={resources}
        explanation={explanation}
        selection={selection}
      />
      <MessageDeliveries deliveries={deliveries} site={message.site} />
      <Acknowledgement reply={reply} />
    </Page>
  );
}
