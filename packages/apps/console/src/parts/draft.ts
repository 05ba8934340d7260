import { type Dispatch, type SetStateAction, useState } from "react";

/** A text that is being typed; begins anew from `value` whenever that changes. */
export function useDraft(value: string): [string, Dispatch<SetStateAction<string>>] {
  const [text, setText] = useState(value);
  const [begun, setBegun] = useState(value);
  if (begun !== value) {
    setBegun(value);
    setText(value);
  }
  return [text, setText];
}
