import { Modal } from "@mantine/core";
import { useStore } from "../api/store.ts";
import styles from "./frame.module.css";
import { keyHelpStore } from "./keyboard.ts";

/** Every key, on `?`. */
export function KeyHelp() {
  const isOpen = useStore(keyHelpStore);
  return (
    <Modal opened={isOpen} onClose={() => keyHelpStore.set(false)} title="Keys">
      <table className={styles["keys"]}>
        <tbody>
          {keys.map(([key, what]) => (
            <tr key={key}>
              <th scope="row">
                <kbd>{key}</kbd>
              </th>
              <td>{what}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Modal>
  );
}

const keys = [
  ["/", "Search on this page, or everywhere"],
  ["Ctrl K", "Any page, site, channel or action"],
  ["j  k", "Next and previous row"],
  ["Enter", "Open the row"],
  ["Esc", "Back to the list; leave a field; let go of a row"],
  ["← →  ↑ ↓", "In a message: previous and next field"],
  ["g o", "Overview"],
  ["g m", "Messages"],
  ["g p", "Patients"],
  ["g s", "Sites"],
  ["g c", "Codes"],
  ["g d", "Deliveries"],
  ["x", "In the list of codes: choose the row for a decision"],
  ["r", "In a message: replay it"],
  ["?", "This list"],
] as const;
