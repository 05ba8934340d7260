import { Menu } from "@mantine/core";
import { purposes } from "@trestle/api/contract";
import { purposeWords, setPurpose, usePurpose } from "../api/purpose.ts";
import { Icon } from "../parts/icon.tsx";
import styles from "./frame.module.css";

/** Patient data is hidden until somebody says why they look; every look is kept in a record. */
export function PurposeSwitch() {
  const purpose = usePurpose();
  const isShown = purpose !== undefined;
  const text = isShown ? `Shown for ${purposeWords[purpose]}` : "Patient data hidden";
  return (
    <Menu position="bottom-end" withinPortal width={270}>
      <Menu.Target>
        <button type="button" className={styles["bar"]} data-framed aria-label={text}>
          <Icon name={isShown ? "shown" : "hidden"} />
          <span className={styles["narrow"]}>{text}</span>
          <Icon name="chevron" />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {isShown ? "Patient data is shown" : "Show patient data for"}. Each look is recorded with
          your name and the purpose.
        </Menu.Label>
        {purposes.map((each) => (
          <Menu.Item
            key={each}
            onClick={() => setPurpose(each)}
            rightSection={each === purpose ? <Icon name="done" /> : null}
          >
            {purposeWords[each]}
          </Menu.Item>
        ))}
        {isShown ? (
          <>
            <Menu.Divider />
            <Menu.Item onClick={() => setPurpose(undefined)}>Hide again</Menu.Item>
          </>
        ) : null}
      </Menu.Dropdown>
    </Menu>
  );
}
