import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { runLayout, runPipeline } from "@osteon/pipeline";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { chromium, type Browser, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { smallConfiguration } from "../integration/support/small-run.ts";
import { findAccessibilityFaults, findOverflow, walkByKeyboard } from "./support/audit-page.ts";
import { findChromium } from "./support/find-chromium.ts";
import { screens } from "./support/screens.ts";

const executablePath = findChromium();
if (executablePath === null) {
  console.warn(
    "NOT TESTED: the report in a browser. There is no chromium in PATH; tools/install-test-programs.sh installs it.",
  );
}

describe.skipIf(executablePath === null)("the report of a run, in Chromium", () => {
  let folder: string;
  let browser: Browser;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "osteon-report-page-"));
    const configuration = smallConfiguration({
      data: { source: "demonstration", patients: 120, genes: 60 },
      training: { effective_size_refits: 5 },
      validation: { splits: 3, shadow_models: 2 },
    });
    await runPipeline({ configuration, directory: folder, osteonVersion: "0.1.0" });
    browser = await chromium.launch({ executablePath: executablePath! });
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  describe.each(screens)("$name", ({ viewport, colorScheme }) => {
    let page: Page;
    /** Errors and warnings of the console, and requests for anything but the file itself. */
    const complaints: string[] = [];
    beforeAll(async () => {
      const context = await browser.newContext({ viewport, colorScheme });
      page = await context.newPage();
      const address = pathToFileURL(join(folder, runLayout.report)).href;
      page.on("console", (message) => complaints.push(`console: ${message.text()}`));
      page.on("pageerror", (error) => complaints.push(`error: ${error.message}`));
      page.on("request", (request) => request.url() === address || complaints.push(`request: ${request.url()}`));
      await page.goto(address);
    });
    afterAll(() => page.context().close());

    it("says nothing to the console and asks nobody for anything", () => {
      expect(complaints).toEqual([]);
    });

    it("opens with the verdict", async () => {
      const heading = page.locator("h2").first();
      expect(await heading.textContent()).toMatch(/release gate|cannot be told/);
      expect((await heading.boundingBox())!.y).toBeLessThan(viewport.height);
    });

    it("is as wide as the window, folded or unfolded", async () => {
      expect(await findOverflow(page)).toEqual([]);
      await page.evaluate(() => document.querySelectorAll("details").forEach((details) => (details.open = true)));
      expect(await findOverflow(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(viewport.width);
      await page.evaluate(() => document.querySelectorAll("details").forEach((details) => (details.open = false)));
    });

    it("draws every figure, with what it says in a line", async () => {
      const figures = await page.evaluate(() =>
        [...document.querySelectorAll("figure")].map((figure) => {
          const drawings = [...figure.querySelectorAll("svg[role=img]")].map((svg) => svg.getBoundingClientRect());
          return {
            title: figure.querySelector(".title")?.textContent?.trim(),
            drawings: drawings.length,
            empty: drawings.filter(({ width, height }) => width < 30 || height < 15).length,
            line: figure.querySelector("figcaption .line")?.textContent?.trim() ?? "",
          };
        }),
      );
      expect(figures.length).toBeGreaterThanOrEqual(9);
      expect(figures.filter(({ drawings, empty }) => drawings === 0 || empty > 0)).toEqual([]);
      expect(figures.filter(({ line }) => line.length < 20 || line.length > 130)).toEqual([]);
    });

    it("has nothing that axe-core calls serious, folded or unfolded", async () => {
      await page.evaluate(() => document.querySelectorAll("details").forEach((details) => (details.open = true)));
      expect(await findAccessibilityFaults(page)).toEqual([]);
      await page.evaluate(() => document.querySelectorAll("details").forEach((details) => (details.open = false)));
    });

    it("is reached by the keyboard, in order, with the place shown", async () => {
      const { all, reached } = await walkByKeyboard(page);
      expect(all.length).toBeGreaterThan(8);
      expect(reached).toEqual(all);
    });
  });
});
