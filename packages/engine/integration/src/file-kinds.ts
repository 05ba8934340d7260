import { channelSettings, destinationSettings } from "@trestle/channels/settings";
import type { z } from "zod";
import { caseSettings } from "./case-settings.ts";
import { needsSettings } from "./needs-settings.ts";
import { overlaySettings } from "./overlay-settings.ts";
import { peopleSettings } from "./people-settings.ts";
import { profileSettings } from "./profile-settings.ts";
import { settingsSchema } from "./settings.ts";
import { siteSettings } from "./site-settings.ts";
import { whatIfSettings } from "./what-if-settings.ts";

/** One kind of YAML file of an integration folder. */
export interface FileKind {
  /** One word; its JSON Schema is the file of this name. */
  readonly name: string;
  /** Its path, with capitals for what a person names. */
  readonly title: string;
  /** All paths of the kind, as a glob. */
  readonly files: string;
  /** What such a file says. */
  readonly description: string;
  readonly schema: z.ZodType;
}

/** Every kind of YAML file, in the order in which the reference pages have them. */
export const fileKinds: readonly FileKind[] = [
  {
    name: "trestle",
    title: "trestle.yaml",
    files: "trestle.yaml",
    description: "The hub itself: where it listens, what it takes, and every limit that it keeps.",
    schema: settingsSchema,
  },
  {
    name: "integration",
    title: "integration.yaml",
    files: "integration.yaml",
    description: "What the application needs of every site, and by what it is known to the hub.",
    schema: needsSettings,
  },
  {
    name: "what-if",
    title: "what-if.yaml",
    files: "what-if.yaml",
    description:
      "Which differences from one revision to another do no harm, so that a replay of stored traffic does not count them.",
    schema: whatIfSettings,
  },
  {
    name: "channel",
    title: "channels/NAME.yaml",
    files: "channels/*.yaml",
    description: "One way in which data flows: a source, a mapping, and routes to destinations.",
    schema: channelSettings,
  },
  {
    name: "destination",
    title: "destinations/NAME.yaml",
    files: "destinations/*.yaml",
    description: "Where results go, and how sending them is tried again.",
    schema: destinationSettings,
  },
  {
    name: "site",
    title: "sites/NAME/site.yaml",
    files: "sites/*/site.yaml",
    description: "One health system: its time zone, its environments, and what each of them sends.",
    schema: siteSettings,
  },
  {
    name: "people",
    title: "sites/NAME/people.yaml",
    files: "sites/*/people.yaml",
    description: "Who answers for a site on both sides, who is called, and what was agreed.",
    schema: peopleSettings,
  },
  {
    name: "overlay",
    title: "sites/NAME/overlay.yaml",
    files: "sites/*/overlay.yaml",
    description: "A site's changes to the base maps.",
    schema: overlaySettings,
  },
  {
    name: "profile",
    title: "sites/NAME/profile.yaml",
    files: "sites/*/profile.yaml",
    description: "What a site's messages have otherwise than the standard.",
    schema: profileSettings,
  },
  {
    name: "case",
    title: "sites/NAME/cases/CASE.yaml",
    files: "sites/*/cases/*.yaml",
    description: "A message of an invented patient, and what it must map to at the site.",
    schema: caseSettings,
  },
];
