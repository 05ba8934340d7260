import { Link } from "@tanstack/react-router";
import { Icon } from "../parts/icon.tsx";
import styles from "./frame.module.css";
import { places } from "./places.ts";

/** The pages, at the left; at the bottom on a phone. */
export function Rail() {
  return (
    <nav className={styles["rail"]} aria-label="Pages">
      {places.map(({ to, title, icon, key }) => (
        <Link
          key={to}
          to={to}
          className={styles["place"]}
          activeOptions={{ exact: to === "/", includeSearch: false }}
          title={`${title} (g ${key})`}
        >
          <Icon name={icon} />
          {title}
        </Link>
      ))}
    </nav>
  );
}
