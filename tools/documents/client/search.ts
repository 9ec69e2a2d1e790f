import MiniSearch from "minisearch";
import { searchOptions, type FoundSection } from "../search-options.ts";

declare global {
  interface Window {
    osteonIndex?: string;
  }
}

const most = 12;
let index: Promise<MiniSearch> | undefined;

/** The index, loaded when somebody first wants to search. */
function loadIndex(): Promise<MiniSearch> {
  index ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = rootPath("search-index.js");
    script.addEventListener("load", () => resolve(MiniSearch.loadJSON(window.osteonIndex!, searchOptions)));
    script.addEventListener("error", () => reject(new Error("The index could not be loaded")));
    document.head.append(script);
  });
  return index;
}

export function startSearch(): void {
  const input = document.querySelector<HTMLInputElement>("#query");
  const found = document.querySelector<HTMLElement>("#found");
  if (input === null || found === null) return;
  const close = (): void => void (found.hidden = true);
  const search = async (): Promise<void> => {
    const query = input.value.trim();
    if (query === "") return close();
    const hits = (await loadIndex()).search(query).slice(0, most) as unknown as FoundSection[];
    // Somebody who types fast has gone on meanwhile.
    if (query !== input.value.trim()) return;
    found.replaceChildren(hits.length === 0 ? sentence("Nothing was found.") : listOf(hits));
    found.hidden = false;
  };
  input.addEventListener("focus", () => void loadIndex());
  input.addEventListener("input", () => void search());
  input.form?.addEventListener("submit", (event) => {
    event.preventDefault();
    found.querySelector("a")?.click();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
    if (event.key === "/" && !(event.target instanceof HTMLInputElement)) {
      event.preventDefault();
      input.focus();
    }
  });
  document.addEventListener("click", ({ target }) => {
    if (target instanceof Node && !found.contains(target) && target !== input) close();
    if (target instanceof Element && target.closest("#found a")) close();
  });
}

function listOf(hits: readonly FoundSection[]): HTMLElement {
  const list = document.createElement("ol");
  for (const { page, heading, place, excerpt } of hits) {
    const link = document.createElement("a");
    link.href = rootPath(place);
    const title = document.createElement("b");
    title.textContent = heading === "" ? page : `${page}: ${heading}`;
    const small = document.createElement("small");
    small.textContent = excerpt;
    link.append(title, small);
    const item = document.createElement("li");
    item.append(link);
    list.append(item);
  }
  return list;
}

function sentence(text: string): HTMLElement {
  const paragraph = document.createElement("p");
  paragraph.textContent = text;
  return paragraph;
}

function rootPath(place: string): string {
  return `${document.documentElement.dataset["root"] ?? "."}/${place}`;
}
