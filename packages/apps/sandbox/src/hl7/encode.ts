import type { FeedSettings } from "../site/feed-settings.ts";

/** Gives the bytes of a message. A letter that the character set does not have becomes `?`. */
export function encoderOf({
  characterSet,
}: Pick<FeedSettings, "characterSet">): (text: string) => Uint8Array {
  if (characterSet === "UNICODE UTF-8") return (text) => Buffer.from(text, "utf8");
  return (text) => Buffer.from(text.replaceAll(/[\u0100-\u{10FFFF}]/gu, "?"), "latin1");
}
