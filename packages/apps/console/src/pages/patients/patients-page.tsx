import { Button, TextInput } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link, useLocation, useNavigate, useSearch } from "@tanstack/react-router";
import { routes } from "@trestle/api/contract";
import type { SubmitEvent } from "react";
import { call } from "../../api/client.ts";
import { usePurpose } from "../../api/purpose.ts";
import { useDraft } from "../../parts/draft.ts";
import { Loading } from "../../parts/loading.tsx";
import { Command, Empty, Failure } from "../../parts/notice.tsx";
import { counted } from "../../parts/number-text.ts";
import { Page } from "../../parts/page.tsx";
import { PatientTable } from "./patient-table.tsx";
import styles from "./patients.module.css";

/** Patients of the unified record: those heard of last, or those that are searched for. */
export function PatientsPage() {
  const text = useLocation({ select: ({ state }) => state.patient }) ?? "";
  const { site } = useSearch({ from: "__root__" });
  const list = usePatients(text, site);
  const patients = list.data?.pages.flatMap(({ items }) => items) ?? [];
  const isRevealed = list.data?.pages[0]?.isRevealed ?? false;
  return (
    <Page title="Patients" sentence={sentenceOf(text, patients.length, list.hasNextPage)}>
      <SearchField text={text} />
      {list.data === undefined || isRevealed ? null : (
        <p className="quiet">
          Names and numbers are hidden. Choose above for what you need to see them; the search works
          all the same.
        </p>
      )}
      {list.isError && patients.length === 0 ? (
        <Failure error={list.error} retry={() => void list.refetch()} />
      ) : null}
      {list.isPending ? <Loading rows={10} /> : null}
      {list.isSuccess && patients.length === 0 ? <NoPatients isSearch={text !== ""} /> : null}
      {patients.length === 0 ? null : <PatientTable patients={patients} />}
      {list.hasNextPage ? (
        <Button
          mt="sm"
          variant="default"
          size="xs"
          loading={list.isFetchingNextPage}
          onClick={() => void list.fetchNextPage()}
        >
          Show more
        </Button>
      ) : null}
    </Page>
  );
}

function usePatients(search: string, site: string | undefined) {
  const purpose = usePurpose();
  const within = site === undefined ? {} : { site };
  return useInfiniteQuery({
    queryKey: ["patients", search, site, { purpose }],
    queryFn: ({ pageParam }) => {
      const page = { ...within, ...(pageParam === undefined ? {} : { cursor: pageParam }) };
      return search === ""
        ? call(routes.listPatients, { query: page })
        : call(routes.searchPatients, { body: { ...page, search } });
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next,
  });
}

/** The search stays in the history's state: a name must not stand in an address. */
function SearchField({ text }: { text: string }) {
  const [typed, setTyped] = useDraft(text);
  const navigate = useNavigate();
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    void navigate({
      to: "/patients",
      state: (state) => ({ ...state, patient: typed.trim() === "" ? undefined : typed.trim() }),
    });
  };
  return (
    <search>
      <form onSubmit={submit} className={styles["search"]}>
        <TextInput
          aria-label="Name or identifier"
          placeholder="Beginning of a name, or a whole identifier"
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === "Escape") event.currentTarget.blur();
          }}
          maxLength={200}
          autoComplete="off"
          spellCheck={false}
          data-page-search
        />
        <Button type="submit" variant="default">
          Search
        </Button>
      </form>
    </search>
  );
}

function NoPatients({ isSearch }: { isSearch: boolean }) {
  if (isSearch) {
    return (
      <Empty title="Nobody is called that">
        <p>
          The search finds the beginning of a family or given name, and whole identifiers. Within
          one site if one is chosen above.
        </p>
        <p>
          <Link to="/patients" state={(state) => ({ ...state, patient: undefined })}>
            Show those heard of last
          </Link>
        </p>
      </Empty>
    );
  }
  return (
    <Empty title="No patient is known yet">
      <p>
        The record grows from messages: the first that names a patient makes them appear here. The
        simulated site sends some:
      </p>
      <p>
        <Command>npx trestle sandbox</Command>
      </p>
    </Empty>
  );
}

function sentenceOf(text: string, shown: number, isMore: boolean): string {
  if (text === "") return "Patients, those heard of last first";
  return `${counted(shown, "patient")}${isMore ? " and more" : ""} found`;
}
