import { Menu } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Icon } from "../parts/icon.tsx";
import { useSites } from "../parts/sites.ts";
import styles from "./frame.module.css";

/** Narrows every page to one site; the choice stands in the address. */
export function SiteSwitch() {
  const { site: chosen } = useSearch({ from: "__root__" });
  const sites = [...useSites().values()];
  const navigate = useNavigate();
  const choose = (site: string | undefined) =>
    void navigate({ to: ".", search: (search) => ({ ...search, site }) });
  const present = sites.find(({ id }) => id === chosen);
  return (
    <Menu position="bottom-start" withinPortal>
      <Menu.Target>
        <button type="button" className={styles["bar"]} data-framed>
          <span>{present?.title ?? chosen ?? "All sites"}</span>
          {present?.environment === "production" ? <Production /> : null}
          <Icon name="chevron" />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => choose(undefined)}>All sites</Menu.Item>
        {sites.map(({ id, title, environment }) => (
          <Menu.Item
            key={id}
            onClick={() => choose(id)}
            rightSection={environment === "production" ? <Production /> : null}
          >
            {title}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function Production() {
  return <span className={styles["production"]}>PRD</span>;
}
