import { Link, useNavigate } from "@tanstack/react-router";
import type { PatientSummary } from "@trestle/api/contract";
import { useState } from "react";
import { Ago } from "../../parts/ago.tsx";
import { ageText, sexText } from "../../parts/person-text.ts";
import { useRowKeys } from "../../parts/row-keys.ts";
import { useSite } from "../../parts/sites.ts";
import styles from "../../parts/table.module.css";
import own from "./patients.module.css";

/** One patient a row. */
export function PatientTable({ patients }: { patients: readonly PatientSummary[] }) {
  const [current, setCurrent] = useState(-1);
  const navigate = useNavigate();
  useRowKeys({
    count: patients.length,
    current,
    move: setCurrent,
    open(index) {
      const patientId = patients[index]?.id;
      if (patientId !== undefined)
        void navigate({ to: "/patients/$patientId", params: { patientId } });
    },
  });
  return (
    <table className={styles["table"]}>
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col">Sex</th>
          <th scope="col">Born</th>
          <th scope="col" className={styles["medium"]}>
            Identifiers
          </th>
          <th scope="col" className={styles["wide"]}>
            Site
          </th>
          <th scope="col" className={styles["medium"]}>
            Heard
          </th>
        </tr>
      </thead>
      <tbody>
        {patients.map((patient, index) => (
          <PatientRow key={patient.id} patient={patient} isCurrent={index === current} />
        ))}
      </tbody>
    </table>
  );
}

function PatientRow({ patient, isCurrent }: { patient: PatientSummary; isCurrent: boolean }) {
  const { id, site, name, sex, birthDate, identifiers, heardAt } = patient;
  const title = useSite(site)?.title ?? site;
  return (
    <tr data-current={isCurrent || undefined} ref={isCurrent ? reveal : undefined}>
      <td>
        <Link
          to="/patients/$patientId"
          params={{ patientId: id }}
          className={own["name"]}
          title={name}
          dir="auto"
        >
          {name === "" ? "no name" : name}
        </Link>
      </td>
      <td>{sexText(sex)}</td>
      <td>
        <span className={styles["whole"]}>{birthDate}</span>{" "}
        <span className={`quiet ${styles["whole"]}`}>{ageText(birthDate)}</span>
      </td>
      <td className={styles["medium"]}>
        <span className={own["numbers"]}>
          {identifiers.slice(0, 3).map(({ system, value, type }) => (
            <span key={`${system}|${value}`} title={system}>
              <span className="quiet">{type}</span> <bdi className="mono">{value}</bdi>
            </span>
          ))}
        </span>
      </td>
      <td className={styles["wide"]}>{title}</td>
      <td className={`${styles["medium"]} ${styles["whole"]}`}>
        <Ago at={heardAt} site={site} />
      </td>
    </tr>
  );
}

function reveal(row: HTMLTableRowElement | null): void {
  row?.scrollIntoView({ block: "nearest" });
}
