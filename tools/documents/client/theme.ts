const key = "osteon-theme";

/** What the reader chose before; the system's otherwise. */
export function restoreTheme(): void {
  const chosen = read();
  if (chosen !== null) document.documentElement.dataset["theme"] = chosen;
}

export function switchTheme(): void {
  const root = document.documentElement;
  const isDark =
    root.dataset["theme"] === "dark" || (!root.dataset["theme"] && matchMedia("(prefers-color-scheme: dark)").matches);
  root.dataset["theme"] = isDark ? "light" : "dark";
  try {
    localStorage.setItem(key, root.dataset["theme"]);
  } catch {
    // A page opened from a disk may have no storage: the choice then lasts for this page.
  }
}

function read(): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}
