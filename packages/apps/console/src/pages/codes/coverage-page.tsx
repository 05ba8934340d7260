import { getRouteApi, useSearch } from "@tanstack/react-router";
import { useCoverage } from "../../api/queries.ts";
import { At } from "../../parts/ago.tsx";
import { Loading } from "../../parts/loading.tsx";
import { Empty, Failure } from "../../parts/notice.tsx";
import { Page, Section } from "../../parts/page.tsx";
import { counted } from "../../parts/number-text.ts";
import { useSite, useSites } from "../../parts/sites.ts";
import { CodesViews } from "./codes-views.tsx";
import { CoverageTable } from "./coverage-table.tsx";
import styles from "./codes.module.css";
import { UnusedRows } from "./unused-rows.tsx";

const route = getRouteApi("/codes");

/** How much of each code table messages use, site by site. */
export function CoveragePage() {
  const { site } = useSearch({ from: "__root__" });
  const { open } = route.useSearch();
  const all = [...useSites().keys()];
  const shown = site === undefined ? all.slice(0, mostSites) : [site];
  return (
    <Page
      title="Codes"
      sentence="How much of each code table messages use"
      aside={<CodesViews view="coverage" />}
    >
      {all.length > shown.length && site === undefined ? (
        <p className="quiet">
          The first {mostSites} of {all.length} sites. Choose one above to see another.
        </p>
      ) : null}
      {shown.map((each) => (
        <Site key={each} site={each} open={open} />
      ))}
    </Page>
  );
}

function Site({ site, open }: { site: string; open: string | undefined }) {
  const { data, error, isPending, refetch } = useCoverage(site);
  const title = useSite(site)?.title ?? site;
  const table = openTableOf(site, open);
  const all = data?.tables ?? [];
  const own = all.filter(({ rows, unmapped }) => rows + unmapped > 0);
  const ofProduct = all.filter(({ rows, unmapped }) => rows + unmapped === 0);
  const since = data?.countedSince;
  const note =
    since === undefined ? (
      "nothing is counted yet"
    ) : (
      <>
        counted since <At at={since} site={site} />
      </>
    );
  return (
    <Section title={title} note={isPending ? undefined : note}>
      {error === null ? null : <Failure error={error} retry={() => void refetch()} />}
      {isPending ? <Loading rows={4} /> : null}
      {data?.tables.length === 0 ? (
        <Empty title="No table of this site was needed yet">
          <p>
            A table appears here once the site has rows of its own in it, or a message needed it.
          </p>
        </Empty>
      ) : null}
      {own.length === 0 ? null : <CoverageTable site={site} tables={own} open={table} />}
      {table === undefined ? null : <UnusedRows site={site} table={table} />}
      {ofProduct.length === 0 ? null : (
        <details className={styles["folded"]}>
          <summary>
            {counted(ofProduct.length, "table")} of which only the product’s rows were used
          </summary>
          <CoverageTable site={site} tables={ofProduct} open={table} />
        </details>
      )}
    </Section>
  );
}

/** The one whose rows are shown, where it is a table of this site. */
function openTableOf(site: string, open: string | undefined): string | undefined {
  return open?.startsWith(`${site}/`) === true ? open.slice(site.length + 1) : undefined;
}

const mostSites = 10;
