import { useUnusedRows } from "../../api/queries.ts";
import { Loading } from "../../parts/loading.tsx";
import { Failure } from "../../parts/notice.tsx";
import { Section } from "../../parts/page.tsx";
import styles from "../../parts/table.module.css";

/** The site's own rows of a table that no message used. */
export function UnusedRows({ site, table }: { site: string; table: string }) {
  const { data, error, isPending, refetch } = useUnusedRows(site, table);
  const note = data?.next === undefined ? undefined : `the first ${data.items.length}`;
  return (
    <Section title={`Rows of ${table} that nothing used`} note={note}>
      {error === null ? null : <Failure error={error} retry={() => void refetch()} />}
      {isPending ? <Loading rows={4} /> : null}
      {data === undefined ? null : (
        <table className={styles["table"]}>
          <thead>
            <tr>
              <th scope="col">Local code</th>
              <th scope="col">Means</th>
              <th scope="col" className={styles["medium"]}>
                Name
              </th>
              <th scope="col" className={styles["wide"]}>
                System
              </th>
            </tr>
          </thead>
          <tbody>
            {data.items.map(({ local, code, display, system, status }) => (
              <tr key={`${local} ${code}`}>
                <td className="mono">{local}</td>
                <td>
                  {code === "" ? (
                    <span className="quiet">{status}</span>
                  ) : (
                    <span className="mono">{code}</span>
                  )}
                </td>
                <td className={styles["medium"]}>{display}</td>
                <td className={`${styles["wide"]} quiet`}>{system}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Section>
  );
}
