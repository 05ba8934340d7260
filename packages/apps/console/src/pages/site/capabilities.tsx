import type { SiteFhir } from "@trestle/api/contract";
import { counted } from "../../parts/number-text.ts";
import { Section } from "../../parts/page.tsx";
import styles from "../../parts/table.module.css";

/** What the site says that it can, type by type. */
export function Capabilities({ site: { capabilities } }: { site: SiteFhir }) {
  const note = counted(capabilities.length, "resource type");
  return (
    <Section title="Capabilities" note={note}>
      {capabilities.length === 0 ? (
        <p className="quiet">The site has not said yet what it can.</p>
      ) : (
        <table className={styles["table"]}>
          <thead>
            <tr>
              <th scope="col">Type</th>
              <th scope="col">Can</th>
              <th scope="col" className={styles["medium"]}>
                Searched by
              </th>
            </tr>
          </thead>
          <tbody>
            {capabilities.map(({ type, interactions, searchParameters }) => (
              <tr key={type}>
                <td>{type}</td>
                <td>{interactions.join(" ")}</td>
                <td className={`${styles["medium"]} quiet`}>{searchParameters.join(" ")}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Section>
  );
}
