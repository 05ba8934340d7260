import type { ReactNode } from "react";
import styles from "./frame.module.css";

/** What who is not signed in sees: one page alone, under the name of the product. */
export function Door({ children }: { children: ReactNode }) {
  return (
    <main id="main" className={styles["door"]}>
      <p className={styles["name"]}>Trestle</p>
      {children}
    </main>
  );
}
