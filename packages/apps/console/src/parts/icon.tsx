/** Line icons of 16 pixels, drawn here so that nothing is fetched. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg
      viewBox="0 0 16 16"
      width="16"
      height="16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.4"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={paths[name]} />
    </svg>
  );
}

export type IconName = keyof typeof paths;

const paths = {
  overview: "M2 13.5h12M3.5 13.5v-4M6.5 13.5v-7M9.5 13.5v-5M12.5 13.5v-10",
  messages: "M2 4h12M2 8h12M2 12h8",
  patients:
    "M8 8.2a2.7 2.7 0 1 0 0-5.4 2.7 2.7 0 0 0 0 5.4ZM2.8 13.8c.5-2.6 2.5-3.8 5.2-3.8s4.7 1.2 5.2 3.8",
  deliveries: "M2 8h10M8.5 4.5 12 8l-3.5 3.5M14.2 3v10",
  sites: "M3 13.8V4.5L8 2l5 2.5v9.3M1.8 13.8h12.4M6.4 13.8v-3.2h3.2v3.2M8 5v3M6.5 6.5h3",
  codes: "M6 3 2 8l4 5M10 3l4 5-4 5",
  configuration: "M2 4.5h6M12 4.5h2M10 2.8v3.4M2 11.5h2M8 11.5h6M6 9.8v3.4",
  search: "M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9ZM10.4 10.4 14 14",
  dark: "M13.5 9.6A6 6 0 0 1 6.4 2.5a6 6 0 1 0 7.1 7.1Z",
  light:
    "M8 10.8a2.8 2.8 0 1 0 0-5.6 2.8 2.8 0 0 0 0 5.6ZM8 1.4v1.2M8 13.4v1.2M1.4 8h1.2M13.4 8h1.2M3.3 3.3l.9.9M11.8 11.8l.9.9M12.7 3.3l-.9.9M4.2 11.8l-.9.9",
  auto: "M2 3h12v8H2zM6 14h4M8 11v3",
  person: "M8 8a2.6 2.6 0 1 0 0-5.2A2.6 2.6 0 0 0 8 8ZM3 13.6c.6-2.4 2.4-3.4 5-3.4s4.4 1 5 3.4",
  hidden:
    "M2 2l12 12M6.6 6.7a2 2 0 0 0 2.7 2.7M4.3 4.6C2.9 5.5 1.9 6.8 1.4 8c1.1 2.6 3.5 4.4 6.6 4.4 1.2 0 2.3-.3 3.3-.8M6.4 3.8c.5-.1 1-.2 1.6-.2 3.1 0 5.5 1.8 6.6 4.4-.3.8-.8 1.5-1.4 2.1",
  shown:
    "M1.4 8C2.5 5.4 4.9 3.6 8 3.6S13.5 5.4 14.6 8c-1.1 2.6-3.5 4.4-6.6 4.4S2.5 10.6 1.4 8ZM8 10a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z",
  chevron: "M4 6l4 4 4-4",
  back: "M10 3 5 8l5 5",
  copy: "M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3",
  done: "M3 8.5 6.5 12 13 4.5",
  replay: "M3 8a5 5 0 1 0 1.6-3.7M3 2.5v2.6h2.6",
  filter: "M2 4h12M4.5 8h7M7 12h2",
  more: "M2.6 8h.8M7.6 8h.8M12.6 8h.8M2.6 8.6h.8M7.6 8.6h.8M12.6 8.6h.8",
} as const;
