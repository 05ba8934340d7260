import { Button, Select, TextInput } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { useStartWhatIf } from "../../api/what-if-queries.ts";
import { Failure } from "../../parts/notice.tsx";
import styles from "./what-if.module.css";

const route = getRouteApi("/what-if");

/** Which revision, and how far back; the site is the one that is chosen above. */
export function AskForm() {
  const { revision: given, against, site } = route.useSearch();
  const navigate = route.useNavigate();
  const [revision, setRevision] = useState(given ?? ".");
  const [hours, setHours] = useState("24");
  const start = useStartWhatIf();
  const submit = () => {
    const since = new Date(Date.now() - Number(hours) * 3_600_000).toISOString();
    start.mutate(
      { revision, against, since, site },
      { onSuccess: ({ id }) => void navigate({ search: (old) => ({ ...old, run: id }) }) },
    );
  };
  return (
    <>
      <form
        className={styles["bar"]}
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <TextInput
          className={styles["revision"]}
          label="Commit, branch or tag (. is the folder)"
          size="xs"
          value={revision}
          autoComplete="off"
          spellCheck={false}
          data-page-search
          onChange={(event) => setRevision(event.currentTarget.value)}
        />
        <Select
          className={styles["span"]}
          label="Messages of the last"
          size="xs"
          allowDeselect={false}
          data={spans}
          value={hours}
          onChange={(value) => setHours(value ?? "24")}
        />
        <Button type="submit" size="xs" loading={start.isPending} disabled={revision === ""}>
          {against === undefined ? "Compare" : `Compare with ${against}`}
        </Button>
      </form>
      {start.error === null ? null : <Failure error={start.error} />}
    </>
  );
}

const spans = [
  { value: "1", label: "hour" },
  { value: "24", label: "24 hours" },
  { value: "168", label: "7 days" },
  { value: "720", label: "30 days" },
];
