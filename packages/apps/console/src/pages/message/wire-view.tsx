import { Button } from "@mantine/core";
import { type KeyboardEvent, type MouseEvent, memo, useMemo, useState } from "react";
import { countText } from "../../parts/number-text.ts";
import { useIntoView } from "./into-view.ts";
import styles from "./message.module.css";
import type { Light, Selection } from "./selection.ts";
import { type WireLine, type WirePiece, cutWire } from "./wire.ts";

/** The bytes as text. Each piece can be pointed at; arrow keys move from one to the next. */
export function WireView({ wire, selection }: { wire: string; selection: Selection }) {
  const lines = useMemo(() => cutWire(wire), [wire]);
  const [most, setMost] = useState(firstLines);
  const shown = lines.slice(0, most);
  const pane = useIntoView<HTMLDivElement>(selection.at);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the arrow keys do what the pointer does, see `step`
    <section
      ref={pane}
      className={`${styles["pane"]} ${styles["wire"]}`}
      aria-label="Wire text. Arrow keys move from field to field."
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- its arrow keys and its scrolling need the focus (WCAG 2.1.1)
      tabIndex={0}
      onClick={(event) => selection.selectPlace(placeOf(event))}
      onMouseOver={(event) => selection.hover(placeOf(event))}
      onMouseLeave={() => selection.hover(undefined)}
      onFocus={() => {}}
      onKeyDown={(event) => step(event, shown, selection)}
    >
      {shown.map((line) => (
        <Line key={line.number} line={line} lights={lightsOf(line, selection)} />
      ))}
      {lines.length > most ? (
        <Button variant="default" size="xs" onClick={() => setMost(most + moreLines)}>
          {countText(lines.length - most)} more segments
        </Button>
      ) : null}
    </section>
  );
}

interface LineProps {
  readonly line: WireLine;
  /** The light of each piece, as one text, so that a line is drawn anew only when it changes. */
  readonly lights: string;
}

const Line = memo(function Line({ line, lights }: LineProps) {
  const [own, ...ofPieces] = lights.split(",");
  return (
    <div className={styles["line"]}>
      {line.at === undefined ? null : (
        <span data-at={line.at} data-light={own === "" ? undefined : own}>
          {line.name}
        </span>
      )}
      {line.pieces.map((piece, index) => (
        <Piece
          key={`${piece.start} ${piece.at ?? ""}`}
          piece={piece}
          light={ofPieces[index] as Light}
        />
      ))}
    </div>
  );
});

function Piece({ piece, light }: { piece: WirePiece; light: Light | "" }) {
  const [isWhole, setWhole] = useState(false);
  const { text, at } = piece;
  if (at === undefined) return <span className={styles["mark"]}>{text}</span>;
  if (text.length <= longestPiece || isWhole) {
    return (
      <span data-at={at} data-light={light === "" ? undefined : light}>
        {text}
      </span>
    );
  }
  return (
    <>
      <span data-at={at} data-light={light === "" ? undefined : light}>
        {text.slice(0, longestPiece)}
      </span>
      <button type="button" className={styles["more"]} onClick={() => setWhole(true)}>
        … {countText(text.length - longestPiece)} more
      </button>
    </>
  );
}

function lightsOf({ at, pieces }: WireLine, selection: Selection): string {
  if (selection.at === undefined || at === undefined) return "";
  const own = selection.at === at ? "same" : "";
  const lights = pieces.map((piece) =>
    piece.at === undefined || piece.text === "" ? "" : (selection.lightOfPlace(piece.at) ?? ""),
  );
  // A whole segment that is selected lights its name; each of its fields would be too much.
  return [own, ...(own === "" ? lights : [])].join(",");
}

function placeOf(event: MouseEvent): string | undefined {
  const { target } = event;
  const piece = target instanceof Element ? target.closest("[data-at]") : null;
  return piece?.getAttribute("data-at") ?? undefined;
}

/** Left and right go to the next piece that says something, up and down to the next segment. */
function step(event: KeyboardEvent, lines: readonly WireLine[], selection: Selection): void {
  const places = lines.map(({ pieces }) =>
    pieces.flatMap(({ at, text }) => (at === undefined || text === "" ? [] : [at])),
  );
  const all = places.flat();
  const present = all.indexOf(selection.at ?? "");
  const row = places.findIndex((line) => line.includes(selection.at ?? ""));
  const next = {
    ArrowRight: all[present + 1],
    ArrowLeft: all[Math.max(0, present - 1)],
    ArrowDown: places.slice(row + 1).find((line) => line.length > 0)?.[0],
    ArrowUp: places.slice(0, Math.max(0, row)).findLast((line) => line.length > 0)?.[0],
  }[event.key];
  if (next === undefined) return;
  event.preventDefault();
  selection.selectPlace(next);
}

const firstLines = 300;
const moreLines = 1000;
const longestPiece = 400;
