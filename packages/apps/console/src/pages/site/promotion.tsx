import { Button } from "@mantine/core";
import type { PromotionReply, PromotionView } from "@trestle/api/contract";
import { useState } from "react";
import { useApprove, usePromotion } from "../../api/queries.ts";
import { Ago } from "../../parts/ago.tsx";
import { Failure } from "../../parts/notice.tsx";
import { counted } from "../../parts/number-text.ts";
import { Section } from "../../parts/page.tsx";
import { ReasonDialog } from "../../parts/reason-dialog.tsx";
import { StateWord } from "../../parts/state-mark.tsx";
import tables from "../../parts/table.module.css";
import { groupsText } from "../configuration/configuration-words.ts";
import { WhatIfLink } from "../what-if/what-if-link.tsx";

type Waiting = NonNullable<PromotionReply["waiting"]>;

/** What production of a site does by approval, the diff that waits for one, and those before. */
export function Promotion({ siteId }: { siteId: string }) {
  const { data, error } = usePromotion(siteId);
  if (data === undefined) return error === null ? null : <Failure error={error} />;
  const { isRequired, approved, waiting, items } = data;
  const isSilent = approved === undefined && waiting === undefined && items.length === 0;
  if (!isRequired || isSilent) return null;
  return (
    <Section
      title="Production"
      note={approved === undefined ? "nothing is approved" : `approved at ${approved}`}
    >
      {waiting === undefined ? (
        <p className="quiet">Nothing waits: production is as the folder says.</p>
      ) : (
        <WaitingDiff waiting={waiting} />
      )}
      {items.length === 0 ? null : <History items={items} />}
    </Section>
  );
}

function WaitingDiff({ waiting }: { waiting: Waiting }) {
  const [isAsked, setAsked] = useState(false);
  const { from, to, count, groups, differences } = waiting;
  const more = count - differences.length;
  return (
    <>
      <p>
        <StateWord state="held" word="waits for approval" />: {groupsText(groups)}, from{" "}
        <span className="mono">{from === "" ? "nothing" : from}</span> to{" "}
        <span className="mono">{to}</span>.{" "}
        <Button size="compact-sm" variant="default" onClick={() => setAsked(true)}>
          Approve
        </Button>{" "}
        <WhatIfLink revision=".">What would stored messages give?</WhatIfLink>
      </p>
      <table className={tables["table"]}>
        <thead>
          <tr>
            <th scope="col">Where</th>
            <th scope="col">What</th>
            <th scope="col">Production has</th>
            <th scope="col">The folder has</th>
          </tr>
        </thead>
        <tbody>
          {differences.map(({ group, name, before, after }) => (
            <tr key={`${group} ${name} ${before ?? ""} ${after ?? ""}`}>
              <td>{group}</td>
              <td className="mono">{name}</td>
              <td>{before ?? <span className="quiet">nothing</span>}</td>
              <td>{after ?? <span className="quiet">nothing</span>}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {more > 0 ? <p className="quiet">and {counted(more, "more difference")}</p> : null}
      <ApproveDialog waiting={waiting} isOpen={isAsked} onClose={() => setAsked(false)} />
    </>
  );
}

function ApproveDialog({
  waiting,
  isOpen,
  onClose,
}: {
  waiting: Waiting;
  isOpen: boolean;
  onClose: () => void;
}) {
  const { site, title, from, to, count } = waiting;
  const approve = useApprove(site);
  const [problem] = approve.data?.problems ?? [];
  return (
    <ReasonDialog
      isOpen={isOpen}
      onClose={() => {
        onClose();
        approve.reset();
      }}
      title={`Approve production of ${title}`}
      action={`Approve ${counted(count, "difference")}`}
      isBusy={approve.isPending}
      error={approve.error}
      done={problem === undefined ? undefined : `Not taken: ${problem.text} ${problem.hint}`}
      onDecide={(reason) => approve.mutate({ from, to, reason })}
    >
      Messages of production that come from then on are handled as revision {to} says. What came
      before is handled as it was. It can be undone by approving the next change of the folder.
    </ReasonDialog>
  );
}

function History({ items }: { items: readonly PromotionView[] }) {
  return (
    <table className={tables["table"]}>
      <thead>
        <tr>
          <th scope="col">Approved</th>
          <th scope="col">Revision</th>
          <th scope="col">By</th>
          <th scope="col">Why</th>
        </tr>
      </thead>
      <tbody>
        {items.map(({ at, to, by, cause, reason, groups }) => (
          <tr key={`${at} ${to}`}>
            <td>
              <Ago at={at} />
            </td>
            <td className="mono">{to}</td>
            <td>{by ?? (cause === "demanded" ? "was in force" : "")}</td>
            <td>
              {reason ?? ""} <span className="quiet">{groupsText(groups)}</span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
