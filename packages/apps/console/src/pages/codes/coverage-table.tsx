import { Link } from "@tanstack/react-router";
import type { TableCoverage } from "@trestle/api/contract";
import type { ReactNode } from "react";
import { Ago } from "../../parts/ago.tsx";
import { countText } from "../../parts/number-text.ts";
import styles from "../../parts/table.module.css";

interface CoverageTableProps {
  readonly site: string;
  readonly tables: readonly TableCoverage[];
  /** The table whose unused rows are shown. */
  readonly open: string | undefined;
}

/** One code table a row; what is unused or without a row leads to which. */
export function CoverageTable({ site, tables, open }: CoverageTableProps) {
  return (
    <table className={styles["table"]}>
      <thead>
        <tr>
          {heads.map(([title, className]) => (
            <th key={title} scope="col" className={className}>
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {tables.map((coverage) => (
          <Row
            key={coverage.table}
            site={site}
            coverage={coverage}
            isOpen={coverage.table === open}
          />
        ))}
      </tbody>
    </table>
  );
}

interface RowProps {
  readonly site: string;
  readonly coverage: TableCoverage;
  readonly isOpen: boolean;
}

function Row({ site, coverage, isOpen }: RowProps) {
  const { table, rows, used, unused, productUsed, unmapped, lastUsedAt } = coverage;
  const toUnused = { view: "coverage" as const, open: isOpen ? undefined : `${site}/${table}` };
  return (
    <tr data-current={isOpen || undefined}>
      <td className={styles["id"]}>{table}</td>
      <Count count={rows} />
      <Count count={used} />
      <Count count={unused}>
        <Link
          to="/codes"
          search={(search) => ({ ...search, ...toUnused })}
          aria-label={`${countText(unused)} unused rows of ${table}`}
        >
          {countText(unused)}
        </Link>
      </Count>
      <Count count={productUsed} className={numberMedium} />
      <Count count={unmapped}>
        <Link
          to="/codes"
          search={{ site, table }}
          aria-label={`${countText(unmapped)} codes without a row in ${table}`}
        >
          {countText(unmapped)}
        </Link>
      </Count>
      <td className={styles["medium"]}>
        {lastUsedAt === undefined ? null : <Ago at={lastUsedAt} site={site} />}
      </td>
    </tr>
  );
}

interface CountProps {
  readonly count: number;
  readonly className?: string | undefined;
  /** In place of the number, where it is not 0. */
  readonly children?: ReactNode;
}

function Count({ count, className = styles["number"], children }: CountProps) {
  return (
    <td className={className}>
      {count === 0 ? <span className={styles["zero"]}>0</span> : (children ?? countText(count))}
    </td>
  );
}

const numberMedium = `${styles["number"]} ${styles["medium"]}`;

const heads: readonly (readonly [title: string, className: string | undefined])[] = [
  ["Table", undefined],
  ["Rows", styles["number"]],
  ["Used", styles["number"]],
  ["Unused", styles["number"]],
  ["Product’s used", numberMedium],
  ["Without a row", styles["number"]],
  ["Last used", styles["medium"]],
];
