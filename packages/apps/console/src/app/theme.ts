import {
  type CSSVariablesResolver,
  type MantineColorsTuple,
  type VariantColorsResolver,
  createTheme,
  defaultVariantColorsResolver,
} from "@mantine/core";

/**
 * The five states, everywhere the same. Colour says state and nothing else; a shape and a word
 * always stand with it. Each colour has at least 4.5 to 1 against its theme's ground.
 */
const stateColours = {
  dark: {
    "--state-neutral": "#98a2ad",
    "--state-good": "#46b683",
    "--state-warning": "#e5a635",
    "--state-bad": "#ff7070",
    "--state-held": "#b7a1fa",
  },
  light: {
    "--state-neutral": "#5b646e",
    "--state-good": "#17754a",
    "--state-warning": "#8a5900",
    "--state-bad": "#c0252c",
    "--state-held": "#6a45bf",
  },
};

const grounds = {
  dark: {
    "--ground": "#0f1214",
    "--raised": "#15191c",
    "--sunken": "#0b0d0f",
    "--line": "#262c31",
    "--line-strong": "#4a535b",
    "--text": "#dfe3e7",
    "--quiet": "#98a2ad",
    "--hover": "#1a1f23",
    "--current": "#222930",
    "--near": "#2d363e",
    "--chart": "#6ea1e8",
    "--chart-second": "#d9a05b",
    "--band": "#6ea1e81f",
    "--edge": "#d5589f",
  },
  light: {
    "--ground": "#ffffff",
    "--raised": "#f6f7f8",
    "--sunken": "#fafbfb",
    "--line": "#e2e5e8",
    "--line-strong": "#8b949d",
    "--text": "#1a1e22",
    "--quiet": "#5b646e",
    "--hover": "#f3f5f6",
    "--current": "#e9edf0",
    "--near": "#dde4ea",
    "--chart": "#2f68b8",
    "--chart-second": "#9a6412",
    "--band": "#2f68b81c",
    "--edge": "#b0307a",
  },
};

/** A grey ramp: buttons and fields are neutral, since colour is for states. */
const slate: MantineColorsTuple = [
  "#f6f7f8",
  "#e9edf0",
  "#d5dade",
  "#b4bbc2",
  "#98a2ad",
  "#78828c",
  "#5b646e",
  "#434b53",
  "#2b3238",
  "#1a1e22",
];

/** Mantine paints the dark theme with these: text first, then borders, fields and grounds. */
const night: MantineColorsTuple = [
  "#dfe3e7",
  "#b4bbc2",
  "#98a2ad",
  "#78828c",
  "#4a535b",
  "#262c31",
  "#1a1f23",
  "#15191c",
  "#0f1214",
  "#0b0d0f",
];

/** Mantine takes the text of filled buttons from the light theme, in the dark one white on grey. */
const variantColorResolver: VariantColorsResolver = (input) => {
  const colours = defaultVariantColorsResolver(input);
  if (input.variant !== "filled") return colours;
  return { ...colours, color: "var(--mantine-primary-color-contrast)" };
};

export const theme = createTheme({
  primaryColor: "slate",
  primaryShade: { light: 8, dark: 2 },
  autoContrast: true,
  variantColorResolver,
  colors: { slate, dark: night },
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", "DejaVu Sans Mono", Consolas, monospace',
  fontSizes: { xs: "12px", sm: "13px", md: "13.5px", lg: "15px", xl: "18px" },
  defaultRadius: 4,
  respectReducedMotion: true,
  cursorType: "pointer",
  components: {
    // The first item is what has the focus; an element before it is nothing that a menu may hold.
    Menu: { defaultProps: { withInitialFocusPlaceholder: false } },
    // An icon alone has no name for who does not see it.
    Modal: { defaultProps: { closeButtonProps: { "aria-label": "Close" } } },
  },
});

/** The theme's colours as custom properties, for the style sheets. */
export const colourVariables: CSSVariablesResolver = () => ({
  variables: {},
  dark: {
    ...stateColours.dark,
    ...grounds.dark,
    ...mantineColours,
  },
  light: {
    ...stateColours.light,
    ...grounds.light,
    ...mantineColours,
  },
});

/** Mantine's own names, bound to ours so that there is one palette. */
const mantineColours = {
  "--mantine-color-body": "var(--ground)",
  "--mantine-color-text": "var(--text)",
  "--mantine-color-dimmed": "var(--quiet)",
  "--mantine-color-placeholder": "var(--quiet)",
  "--mantine-color-default": "var(--ground)",
  "--mantine-color-default-hover": "var(--hover)",
  "--mantine-color-default-color": "var(--text)",
  "--mantine-color-default-border": "var(--line-strong)",
  "--mantine-color-error": "var(--state-bad)",
};
