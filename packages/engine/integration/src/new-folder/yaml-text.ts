/** A text as a value in YAML, in quotes where it needs them. */
export function yamlText(text: string): string {
  const isPlain = plain.test(text) && !words.test(text);
  // JSON is YAML, but for characters that YAML wants escaped and JSON does not.
  return isPlain ? text : JSON.stringify(text).replaceAll(unprintable, escaped);
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/** A colon is one of a key only where a blank follows. */
const plain = /^[A-Za-z][\w./-]*(?:[ :][\w./-]+)*$/u;

/** Words that YAML, of this or an older version, takes for something else. */
const words = /^(?:true|false|null|yes|no|on|off|y|n)$/iu;

const unprintable = /[\u007F-\u009F\u2028\u2029\uFEFF\uFFFE\uFFFF]/gu;
