// Runs before anything is drawn, as a file of its own since the page allows no inline scripts.
// The theme is set here so that the first paint has the right colours.
(() => {
  let chosen = "auto";
  try {
    chosen = localStorage.getItem("trestle-theme") ?? "auto";
  } catch {
    // Storage is switched off: the system's theme it is.
  }
  const isDark = matchMedia("(prefers-color-scheme: dark)").matches;
  const system = isDark ? "dark" : "light";
  document.documentElement.dataset.mantineColorScheme = chosen === "auto" ? system : chosen;
  // The validation library would otherwise try `new Function`, which the page's policy forbids.
  globalThis.__zod_globalConfig = { jitless: true };
})();
