import { useSyncExternalStore } from "react";

/** `system` follows the browser. */
export type Theme = "system" | "light" | "dark";

const themes: readonly Theme[] = ["system", "light", "dark"];
const storageKey = "osteon-theme";
const themeChanged = "osteon-theme-changed";

function readTheme(): Theme {
  return themes.find((theme) => theme === localStorage.getItem(storageKey)) ?? "system";
}

/** Makes the document look as was chosen. */
export function applyTheme(): void {
  const theme = readTheme();
  if (theme === "system") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = theme;
  dispatchEvent(new Event(themeChanged));
}

export function setTheme(theme: Theme): void {
  localStorage.setItem(storageKey, theme);
  applyTheme();
}

export function useTheme(): Theme {
  return useSyncExternalStore(subscribe, readTheme);
}

/** Another value whenever colours have changed: what is drawn on a canvas is then drawn anew. */
export function useColourScheme(): string {
  const theme = useTheme();
  const isDark = useSyncExternalStore(subscribe, () => darkQuery().matches);
  return theme === "system" ? String(isDark) : theme;
}

function subscribe(listener: () => void): () => void {
  const query = darkQuery();
  addEventListener(themeChanged, listener);
  query.addEventListener("change", listener);
  return () => {
    removeEventListener(themeChanged, listener);
    query.removeEventListener("change", listener);
  };
}

function darkQuery(): MediaQueryList {
  return matchMedia("(prefers-color-scheme: dark)");
}
