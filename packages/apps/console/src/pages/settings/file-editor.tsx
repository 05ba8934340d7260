import { Link, getRouteApi } from "@tanstack/react-router";
import type { SettingProblem, SettingsContent } from "@trestle/api/contract";
import { useEffect, useMemo, useState } from "react";
import { useSettingsFile } from "../../api/settings-queries.ts";
import { useStore } from "../../api/store.ts";
import { Loading } from "../../parts/loading.tsx";
import { Failure } from "../../parts/notice.tsx";
import { counted } from "../../parts/number-text.ts";
import { Page } from "../../parts/page.tsx";
import { draftsStore, dropDraft, keepDraft } from "./drafts.ts";
import { editsBetween } from "./edits.ts";
import { formSchemaOf } from "./form-schema.ts";
import { SettingsForm, begunOf } from "./form/settings-form.tsx";
import { idOf, printPlace } from "./place.ts";
import { ProblemList } from "./problem-list.tsx";
import { ReviewBar } from "./review-bar.tsx";
import styles from "./settings.module.css";

const route = getRouteApi("/settings");

/** One file as a form. */
export function FileEditor({ path }: { path: string }) {
  const { data, error, refetch, isFetching } = useSettingsFile(path);
  const load = () => {
    dropDraft(path);
    void refetch();
  };
  return (
    <Page title={path} sentence={sentenceOf(path, data)} aside={<Others />}>
      {data === undefined && error === null ? <Loading /> : null}
      {data === undefined && error !== null ? (
        <Failure error={error} retry={() => void refetch()} />
      ) : null}
      {data === undefined || isFetching ? null : <Editor key={data.hash} file={data} load={load} />}
    </Page>
  );
}

function Others() {
  return <Link to="/settings">All settings files</Link>;
}

function sentenceOf(path: string, file: SettingsContent | undefined) {
  if (file === undefined) return path;
  return (
    <>
      <span className="mono">{path}</span>
      {file.isThere ? "" : " is not there yet"}
    </>
  );
}

interface EditorProps {
  readonly file: SettingsContent;
  readonly load: () => void;
}

function Editor({ file, load }: EditorProps) {
  const { path, hash, kind, description } = file;
  const [told, setTold] = useState<readonly SettingProblem[]>(file.problems);
  const [turn, setTurn] = useState(0);
  const { open = "" } = route.useSearch();
  const goTo = useGoTo(path);
  const schema = useMemo(() => formSchemaOf(file.schema), [file.schema]);
  const begun = useMemo(() => begunOf(schema, file.value ?? {}), [schema, file.value]);
  const draft = useStore(draftsStore).get(path);
  const value = draft?.value ?? begun;
  const edits = useMemo(() => editsBetween(begun, value), [begun, value]);
  if (file.value === undefined && file.isThere) return <NoForm problems={file.problems} />;
  return (
    <div className={styles["editor"]}>
      <p className={styles["about"]}>
        {description} {kind === "site" ? layers : ""} What is left empty is not written into the
        file.
      </p>
      {draft === undefined || draft.hash === hash ? null : <Moved />}
      <ProblemList path={path} problems={told} goTo={goTo} />
      <SettingsForm
        key={turn}
        schema={schema}
        value={value}
        onChange={(next) => keepDraft(path, { hash: draft?.hash ?? hash, value: next })}
        problems={told.filter((one) => one.file === path)}
        open={open}
        setOpen={(place) => goTo({ open: place })}
        goTo={(place) => goTo({ at: place })}
      />
      <ReviewBar
        path={path}
        hash={draft?.hash ?? hash}
        edits={edits}
        tell={setTold}
        drop={() => {
          dropDraft(path);
          setTold(file.problems);
          setTurn(turn + 1);
        }}
        load={load}
      />
    </div>
  );
}

function Moved() {
  return (
    <output>
      The file was changed in the folder after you began. Your changes are still here; load the file
      again to make them anew.
    </output>
  );
}

function NoForm({ problems }: { problems: readonly SettingProblem[] }) {
  return (
    <>
      <p>
        {counted(problems.length, "problem")} keep this file from being shown as a form. Correct it
        in an editor.
      </p>
      <ProblemList path="" problems={problems} goTo={() => undefined} />
    </>
  );
}

/** Where to go in the form: a part to open, or a setting to stand at. */
export interface Goal {
  readonly open?: string;
  readonly at?: readonly (string | number)[];
}

/** Opens the part in the address; a setting gets the focus once it is drawn. */
function useGoTo(path: string): (goal: Goal) => void {
  const navigate = route.useNavigate();
  const [focus, setFocus] = useState<Goal["at"]>();
  useEffect(() => {
    if (focus === undefined) return undefined;
    const frame = requestAnimationFrame(() => {
      nearest(focus)?.focus();
      setFocus(undefined);
    });
    return () => cancelAnimationFrame(frame);
  }, [focus]);
  return ({ open, at }) => {
    const place = open ?? printPlace(at ?? []);
    void navigate({
      search: (before) => ({ ...before, file: path, open: place === "" ? undefined : place }),
      replace: true,
      resetScroll: false,
    }).then(() => setFocus(at));
  };
}

/** The element of a place, or of what it is in. */
function nearest(place: readonly (string | number)[]): HTMLElement | undefined {
  for (let length = place.length; length > 0; length -= 1) {
    const found = document.getElementById(idOf(place.slice(0, length)));
    if (found !== null) return found;
  }
  return undefined;
}

const layers =
  "A default is the product's; what integration.yaml says under defaults comes before it.";
