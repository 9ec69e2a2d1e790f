import { restoreTheme, switchTheme } from "./theme.ts";
import { startSearch } from "./search.ts";

// Before the first line is drawn.
restoreTheme();

document.addEventListener("DOMContentLoaded", () => {
  document.querySelector(".theme")?.addEventListener("click", switchTheme);
  // On a narrow screen the list of pages would stand before every text.
  if (matchMedia("(max-width: 52rem)").matches) document.querySelector(".pages details")?.removeAttribute("open");
  showCurrentPage();
  startSearch();
});

/** The list of pages is longer than the screen. */
function showCurrentPage(): void {
  const list = document.querySelector<HTMLElement>(".pages");
  const current = list?.querySelector<HTMLElement>("[aria-current]");
  if (list && current) list.scrollTop = current.offsetTop - list.clientHeight / 2;
}
