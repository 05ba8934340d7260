import { TextInput } from "@mantine/core";
import { useDraft } from "../../../parts/draft.ts";
import styles from "./form.module.css";

interface KeyInputProps {
  readonly name: string;
  readonly rename: (to: string) => void;
}

/** The name of an entry of a map; another one counts once it is left. */
export function KeyInput({ name, rename }: KeyInputProps) {
  const [text, setText] = useDraft(name);
  const leave = () => {
    if (text !== "" && text !== name) rename(text);
    else setText(name);
  };
  return (
    <TextInput
      className={styles["key"]}
      size="xs"
      label="Name"
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={leave}
      onKeyDown={(event) => {
        if (event.key === "Enter") leave();
      }}
    />
  );
}
