import axe, { type AxeResults } from "axe-core";
import type { Page } from "playwright-core";

/**
 * What a person with a screen reader, a keyboard or weak eyes would stumble over on the page as it
 * is shown, as far as axe can tell: only what it calls serious or critical.
 *
 * @returns One line for each finding: the rule and where it is broken.
 */
export async function seriousFindings(page: Page): Promise<readonly string[]> {
  // Evaluated rather than added to the page, whose policy allows no scripts but its own.
  await page.evaluate(axe.source);
  // What passes needs no path to each element: on a long list those cost more than the rules do.
  const { violations } = await page.evaluate<AxeResults>(
    'axe.run({ resultTypes: ["violations"], preload: false })',
  );
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(" ")}`));
}
