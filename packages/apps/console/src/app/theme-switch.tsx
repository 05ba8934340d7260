import { type MantineColorScheme, Menu, useMantineColorScheme } from "@mantine/core";
import { Icon } from "../parts/icon.tsx";
import styles from "./frame.module.css";

export function ThemeSwitch() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <button
          type="button"
          className={`${styles["bar"]} ${styles["narrow"]}`}
          aria-label={`Theme: ${words[colorScheme]}`}
          title={`Theme: ${words[colorScheme]}`}
        >
          <Icon name={colorScheme} />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <ThemeItems chosen={colorScheme} choose={setColorScheme} />
      </Menu.Dropdown>
    </Menu>
  );
}

interface ThemeItemsProps {
  readonly chosen: MantineColorScheme;
  readonly choose: (scheme: MantineColorScheme) => void;
}

/** The three themes, as items of a menu. */
export function ThemeItems({ chosen, choose }: ThemeItemsProps) {
  return schemes.map((scheme) => (
    <Menu.Item
      key={scheme}
      leftSection={<Icon name={scheme} />}
      rightSection={scheme === chosen ? <Icon name="done" /> : null}
      onClick={() => choose(scheme)}
    >
      {words[scheme]}
    </Menu.Item>
  ));
}

const schemes = ["dark", "light", "auto"] as const;

const words: Readonly<Record<MantineColorScheme, string>> = {
  dark: "Dark",
  light: "Light",
  auto: "As the system",
};
