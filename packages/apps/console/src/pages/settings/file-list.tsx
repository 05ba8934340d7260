import { Link } from "@tanstack/react-router";
import type { SettingsFile } from "@trestle/api/contract";
import { useSettingsFiles } from "../../api/settings-queries.ts";
import { useStore } from "../../api/store.ts";
import { Loading } from "../../parts/loading.tsx";
import { Failure } from "../../parts/notice.tsx";
import { counted } from "../../parts/number-text.ts";
import { Page, Section } from "../../parts/page.tsx";
import { draftsStore } from "./drafts.ts";
import styles from "./settings.module.css";

/** Every file that has a form: those of the whole folder first, then those of each site. */
export function FileList() {
  const { data, error, refetch } = useSettingsFiles();
  const items = data?.items ?? [];
  const there = items.filter(({ isThere }) => isThere).length;
  return (
    <Page
      title="Settings"
      sentence={data === undefined ? "Settings" : `${counted(there, "file")} can be edited here.`}
    >
      {data === undefined && error === null ? <Loading /> : null}
      {error === null ? null : <Failure error={error} retry={() => void refetch()} />}
      {groupsOf(items).map(([group, files]) => (
        <Section key={group} title={group} note={counted(files.length, "file")}>
          <ul className={styles["files"]}>
            {files.map((file) => (
              <File key={file.path} file={file} />
            ))}
          </ul>
        </Section>
      ))}
    </Page>
  );
}

function File({ file: { path, description, isThere } }: { file: SettingsFile }) {
  const isBegun = useStore(draftsStore).has(path);
  return (
    <li>
      <Link className="mono" to="/settings" search={{ file: path }}>
        {path}
      </Link>
      <span className="quiet">
        {isThere ? "" : "Not there yet. "}
        {isBegun ? "You have changes here. " : ""}
        {description}
      </span>
    </li>
  );
}

function groupsOf(items: readonly SettingsFile[]) {
  const groups = [...Map.groupBy(items, groupOf)];
  return groups.toSorted(([a], [b]) => Number(b === wholeFolder) - Number(a === wholeFolder));
}

function groupOf({ path }: SettingsFile): string {
  const [folder, site, more] = path.split("/");
  if (more !== undefined) return `Site ${site}`;
  return site === undefined ? wholeFolder : (folders[folder ?? ""] ?? wholeFolder);
}

const wholeFolder = "The whole folder";

const folders: Readonly<Record<string, string>> = {
  channels: "Channels",
  destinations: "Destinations",
};
