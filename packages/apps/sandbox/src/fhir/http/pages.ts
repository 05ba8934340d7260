import { iisPage } from "../../site/iis-page.ts";
import type { Answer } from "./exchange.ts";

/** What the web server in front answers for an address behind which there is no service. */
export function notFoundPage(): Answer {
  return page(404);
}

/** What it answers for a method that a service does not take. */
export function methodPage(): Answer {
  return page(405);
}

/** What it answers for a request that is larger than it takes. */
export function tooLargePage(): Answer {
  return page(413);
}

function page(status: 404 | 405 | 413): Answer {
  return { status, body: { content: iisPage(status), contentType: "text/html" } };
}
