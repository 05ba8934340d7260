import { Menu } from "@mantine/core";
import { Link, useLocation } from "@tanstack/react-router";
import { Icon } from "../parts/icon.tsx";
import styles from "./frame.module.css";
import { type Place, places } from "./places.ts";

/** The pages, at the left; at the bottom on a phone, where some stand behind "More". */
export function Rail() {
  return (
    <nav className={styles["rail"]} aria-label="Pages">
      {places.map((place) => (
        <PlaceLink key={place.to} place={place} />
      ))}
      <More />
    </nav>
  );
}

function PlaceLink({ place: { to, title, icon, key, isBehindMore } }: { place: Place }) {
  return (
    <Link
      to={to}
      className={styles["place"]}
      activeOptions={{ exact: to === "/", includeSearch: false }}
      title={`${title} (g ${key})`}
      data-behind-more={isBehindMore}
    >
      <Icon name={icon} />
      {title}
    </Link>
  );
}

/** What a phone has no room for; it stands out where one of them is looked at. */
function More() {
  const path = useLocation({ select: ({ pathname }) => pathname });
  const isHere = behindMore.some(({ to }) => path === to);
  return (
    <Menu position="top-end" withinPortal width={200}>
      <Menu.Target>
        <button
          type="button"
          className={`${styles["place"]} ${styles["more"]}`}
          data-status={isHere ? "active" : undefined}
        >
          <Icon name="more" />
          More
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {behindMore.map(({ to, title, icon }) => (
          <Menu.Item
            key={to}
            component={Link}
            to={to}
            leftSection={<Icon name={icon} />}
            aria-current={path === to ? "page" : undefined}
          >
            {title}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

const behindMore = places.filter(({ isBehindMore }) => isBehindMore);
