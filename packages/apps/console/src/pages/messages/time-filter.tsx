import { Button, Group, Modal, Select, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { type SubmitEvent, useState } from "react";
import type { Change } from "./filter-bar.tsx";
import type { MessageFilter } from "./message-filter.ts";

/** A length of time before now, or two times. */
export function TimeFilter({ filter, change }: { filter: MessageFilter; change: Change }) {
  const [isChoosing, { open, close }] = useDisclosure(false);
  const isFixed = filter.from !== undefined || filter.to !== undefined;
  const known = lasts.some(({ value }) => value === String(filter.last ?? ""));
  const own = filter.last === undefined || known ? [] : [lastOf(filter.last)];
  const nothing = { last: undefined, from: undefined, to: undefined };
  return (
    <>
      <Select
        label="Time"
        size="xs"
        placeholder="Any"
        clearable
        data={[...lasts, ...own, { value: "fixed", label: isFixed ? "Chosen time" : "Choose …" }]}
        value={isFixed ? "fixed" : (filter.last?.toString() ?? null)}
        onChange={(value) => {
          if (value === null) change(nothing);
          else if (value !== "fixed") change({ ...nothing, last: Number(value) });
        }}
        onOptionSubmit={(value) => {
          if (value === "fixed") open();
        }}
      />
      <Modal opened={isChoosing} onClose={close} title="Messages received between">
        <TimeForm
          filter={filter}
          onDone={(from, to) => {
            change({ last: undefined, from, to });
            close();
          }}
        />
      </Modal>
    </>
  );
}

interface TimeFormProps {
  readonly filter: MessageFilter;
  readonly onDone: (from: string | undefined, to: string | undefined) => void;
}

function TimeForm({ filter, onDone }: TimeFormProps) {
  const [from, setFrom] = useState(fieldText(filter.from));
  const [to, setTo] = useState(fieldText(filter.to));
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    onDone(instantOf(from), instantOf(to));
  };
  return (
    <form onSubmit={submit}>
      <TextInput
        type="datetime-local"
        label="From"
        description="In the time zone of this computer."
        value={from}
        onChange={(event) => setFrom(event.currentTarget.value)}
      />
      <TextInput
        mt="sm"
        type="datetime-local"
        label="To, not included"
        value={to}
        onChange={(event) => setTo(event.currentTarget.value)}
      />
      <Group justify="flex-end" mt="md">
        <Button type="submit">Show</Button>
      </Group>
    </form>
  );
}

/** As the field wants it: local, without a zone. */
function fieldText(instant: string | undefined): string {
  if (instant === undefined) return "";
  const date = new Date(instant);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

function instantOf(text: string): string | undefined {
  return text === "" ? undefined : new Date(text).toISOString();
}

function lastOf(minutes: number) {
  return { value: String(minutes), label: `Last ${minutes} min` };
}

const lasts = [
  { value: "15", label: "Last 15 min" },
  { value: "60", label: "Last hour" },
  { value: "1440", label: "Last 24 h" },
];
