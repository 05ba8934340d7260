import { counted } from "../../parts/number-text.ts";
import { type ChangedFile, changeWords, moreWords } from "./configuration-words.ts";
import styles from "./configuration.module.css";

/** The files of a change; each opens to what its settings, rows and lines were, and what they are. */
export function ChangedFiles({ files }: { files: readonly ChangedFile[] }) {
  if (files.length === 0) return <>–</>;
  const [shown, folded] = [files.slice(0, mostOpen), files.slice(mostOpen)];
  return (
    <>
      {shown.map((file) => (
        <OneFile key={file.file} file={file} />
      ))}
      {folded.length === 0 ? null : (
        <details>
          <summary>{counted(folded.length, "more file")}</summary>
          {folded.map((file) => (
            <OneFile key={file.file} file={file} />
          ))}
        </details>
      )}
    </>
  );
}

function OneFile({ file }: { file: ChangedFile }) {
  const title = (
    <>
      <span className="mono">{file.file}</span> {changeWords(file)}
    </>
  );
  if (file.differences.length === 0) return <div>{title}</div>;
  const more = moreWords(file);
  return (
    <details>
      <summary>{title}</summary>
      <ul className={styles["differences"]}>
        {file.differences.map((difference) => (
          <Difference key={keyOf(difference)} difference={difference} />
        ))}
        {more === undefined ? null : <li className="quiet">{more}</li>}
      </ul>
    </details>
  );
}

function keyOf({ name, before = "", after = "" }: ItemDifference): string {
  return `${name}\n${before}\n${after}`;
}

function Difference({ difference: { name, before, after } }: { difference: ItemDifference }) {
  return (
    <li>
      {name === "" ? null : <div className="mono">{name}</div>}
      {before === undefined ? null : <Side mark="−" word="was" text={before} />}
      {after === undefined ? null : <Side mark="+" word="is" text={after} />}
    </li>
  );
}

function Side({ mark, word, text }: { mark: string; word: string; text: string }) {
  return (
    <div className={styles["side"]}>
      <abbr title={word}>{mark}</abbr> <span>{text}</span>
    </div>
  );
}

type ItemDifference = ChangedFile["differences"][number];

const mostOpen = 5;
