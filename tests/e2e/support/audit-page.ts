import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What axe-core finds serious or critical on a page: "rule: first element". The page's own policy forbids scripts. */
export async function findAccessibilityFaults(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const { violations } = await page.evaluate<AxeResults>("axe.run(document)");
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
}

/** Elements wider than the window or than their figure, by tag and class; what scrolls by itself may hold such. */
export function findOverflow(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const edgeOf = (element: Element): number => {
      const figure = element.parentElement?.closest("figure");
      if (!figure) return document.documentElement.clientWidth;
      return figure.getBoundingClientRect().right - Number.parseFloat(getComputedStyle(figure).paddingRight);
    };
    // Text may run out of an element that keeps its own width.
    const endOf = (element: Element): number => {
      const texts = [...element.childNodes].filter(({ nodeType }) => nodeType === Node.TEXT_NODE);
      const ends = texts.map((text) => {
        const content = document.createRange();
        content.selectNode(text);
        return content.getBoundingClientRect().right;
      });
      return Math.max(element.getBoundingClientRect().right, ...ends);
    };
    return [...document.querySelectorAll("body *")]
      .filter((element) => !element.closest(".scroll, svg, .unseen") && endOf(element) > edgeOf(element) + 1)
      .map((element) => `${element.tagName} ${element.getAttribute("class") ?? ""}`);
  });
}

/** What can be acted upon, and what the Tab key comes to, each in order. */
export async function walkByKeyboard(page: Page): Promise<{ readonly all: string[]; readonly reached: string[] }> {
  const all = await page.evaluate(() => {
    const focusable = [...document.querySelectorAll("a[href], summary, [tabindex='0']")].filter(
      (element) => element.tagName === "SUMMARY" || element.closest("details:not([open])") === null,
    );
    focusable.forEach((element, place) => element.setAttribute("data-place", String(place)));
    return focusable.map((_, place) => String(place));
  });
  const reached: string[] = [];
  for (const _ of all) {
    await page.keyboard.press("Tab");
    reached.push(
      await page.evaluate(() => {
        const { activeElement } = document;
        const isSeen = activeElement !== null && getComputedStyle(activeElement).outlineStyle !== "none";
        return isSeen ? (activeElement.getAttribute("data-place") ?? activeElement.tagName) : "no outline";
      }),
    );
  }
  return { all, reached };
}
