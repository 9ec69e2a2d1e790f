/** Pages in the order of the navigation; an icon is the path of a 24 × 24 drawing. */
export const pages = [
  { path: "/", name: "Overview", icon: "M4 13h6V4H4zM14 20h6V4h-6zM4 20h6v-3H4z" },
  { path: "/models", name: "Models", icon: "M12 3l8 4.5v9L12 21l-8-4.5v-9zM4 7.5l8 4.5 8-4.5M12 12v9" },
  { path: "/drift", name: "Drift", icon: "M3 17c4 0 4-9 8-9s3 6 10 6M3 20.5h18" },
  { path: "/usage", name: "Usage", icon: "M4 20V10M10 20V4M16 20v-7M21 20H3" },
  { path: "/explore", name: "Explore", icon: "M10.5 4a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13zM15.5 15.5L21 21" },
  { path: "/audit", name: "Audit", icon: "M6 3h9l4 4v14H6zM9 12h7M9 16h7M9 8h3" },
] as const;
