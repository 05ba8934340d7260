import { useMantineColorScheme } from "@mantine/core";
import { Spotlight, type SpotlightActionGroupData } from "@mantine/spotlight";
import { useNavigate } from "@tanstack/react-router";
import { purposes } from "@trestle/api/contract";
import { useState } from "react";
import { purposeWords, setPurpose } from "../api/purpose.ts";
import { Icon } from "../parts/icon.tsx";
import { useSites } from "../parts/sites.ts";
import { keyHelpStore } from "./keyboard.ts";
import { places } from "./places.ts";

/** Reaches every page, site, channel and action by its name; finds messages and patients. */
export function Palette() {
  const [query, setQuery] = useState("");
  const groups = [...usePages(), ...useSiteActions(), ...useActions(), ...useFinds(query.trim())];
  return (
    <Spotlight
      actions={groups}
      query={query}
      onQueryChange={setQuery}
      shortcut={null}
      nothingFound="Nothing is called that"
      scrollable
      maxHeight={420}
      searchProps={{
        leftSection: <Icon name="search" />,
        placeholder: "A page, site, channel, action, control id or patient",
        "aria-label": "Search everywhere",
      }}
    />
  );
}

/** What was typed, taken as a control id or as a patient. */
function useFinds(text: string): SpotlightActionGroupData[] {
  const navigate = useNavigate();
  if (text.length < 2) return [];
  return [
    {
      group: "Find",
      actions: [
        {
          id: "find-control-id",
          label: `Messages with control id ${text}`,
          keywords: [text],
          onClick: () => void navigate({ to: "/messages", search: { controlId: text } }),
        },
        {
          id: "find-patient",
          label: `Patients called ${text}`,
          keywords: [text],
          // In the history's state, since what is searched for may be a patient's name.
          onClick: () =>
            void navigate({ to: "/patients", state: (state) => ({ ...state, patient: text }) }),
        },
      ],
    },
  ];
}

function usePages(): SpotlightActionGroupData[] {
  const navigate = useNavigate();
  const actions = places.map(({ to, title, icon, key }) => ({
    id: `page-${to}`,
    label: title,
    leftSection: <Icon name={icon} />,
    rightSection: <kbd>g {key}</kbd>,
    onClick: () => void navigate({ to }),
  }));
  const held = {
    id: "page-held",
    label: "Held deliveries",
    leftSection: <Icon name="deliveries" />,
    onClick: () => void navigate({ to: "/deliveries", search: { state: "held" } }),
  };
  const settings = {
    id: "page-settings",
    label: "Edit settings",
    leftSection: <Icon name="configuration" />,
    onClick: () => void navigate({ to: "/settings" }),
  };
  const problems = {
    id: "page-problems",
    label: "Messages refused or failed",
    leftSection: <Icon name="messages" />,
    onClick: () => void navigate({ to: "/messages", search: { problems: "all" } }),
  };
  return [{ group: "Pages", actions: [...actions, settings, held, problems] }];
}

function useSiteActions(): SpotlightActionGroupData[] {
  const navigate = useNavigate();
  const sites = [...useSites().values()];
  const ofSites = sites.map(({ id, title }) => ({
    id: `site-${id}`,
    label: title,
    description: "Site",
    onClick: () => void navigate({ to: ".", search: (search) => ({ ...search, site: id }) }),
  }));
  const ofChannels = sites.flatMap(({ id: site, title, channels }) =>
    channels.map((channel) => ({
      id: `channel-${site}-${channel.id}`,
      label: `${title} / ${channel.id}`,
      description: channel.title === channel.id ? "Channel" : `Channel: ${channel.title}`,
      onClick: () => void navigate({ to: "/messages", search: { site, channel: channel.id } }),
    })),
  );
  return [{ group: "Sites and channels", actions: [...ofSites, ...ofChannels] }];
}

function useActions(): SpotlightActionGroupData[] {
  const { setColorScheme } = useMantineColorScheme();
  const ofPurposes = purposes.map((purpose) => ({
    id: `purpose-${purpose}`,
    label: `Show patient data for ${purposeWords[purpose]}`,
    onClick: () => setPurpose(purpose),
  }));
  const ofThemes = (["dark", "light", "auto"] as const).map((scheme) => ({
    id: `theme-${scheme}`,
    label:
      scheme === "auto" ? "Theme of the system" : `${scheme === "dark" ? "Dark" : "Light"} theme`,
    onClick: () => setColorScheme(scheme),
  }));
  return [
    {
      group: "Actions",
      actions: [
        ...ofPurposes,
        { id: "hide", label: "Hide patient data", onClick: () => setPurpose(undefined) },
        ...ofThemes,
        { id: "keys", label: "Keys", onClick: () => keyHelpStore.set(true) },
      ],
    },
  ];
}
