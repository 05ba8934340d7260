import { Skeleton, VisuallyHidden } from "@mantine/core";
import { useEffect, useState } from "react";
import styles from "./page.module.css";

/** Bars where content will be, after 200 ms: what comes sooner needs no flash before it. */
export function Loading({ rows = 8 }: { rows?: number }) {
  const [isShown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), 200);
    return () => clearTimeout(timer);
  }, []);
  if (!isShown) return null;
  return (
    <output className={styles["loading"]}>
      <VisuallyHidden>Loading</VisuallyHidden>
      {Array.from({ length: rows }, (_, index) => (
        <Skeleton key={index} height={12} mt={20} width={`${90 - ((index * 17) % 40)}%`} />
      ))}
    </output>
  );
}
