import { acceptTokens, createService, hashToken } from "@osteon/service";
import { chromium, type Browser, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findAccessibilityFaults, findOverflow, walkByKeyboard } from "./support/audit-page.ts";
import { findChromium } from "./support/find-chromium.ts";
import { screens } from "./support/screens.ts";

const executablePath = findChromium();
if (executablePath === null) {
  console.warn(
    "NOT TESTED: the reference in a browser. There is no chromium in PATH; tools/install-test-programs.sh installs it.",
  );
}

describe.skipIf(executablePath === null)("the reference at /docs, in Chromium", () => {
  const service = createService({ model: () => undefined, authenticator: acceptTokens([hashToken("of the test")]) });
  let browser: Browser;
  let address: string;
  beforeAll(async () => {
    address = await service.listen({ host: "127.0.0.1", port: 0 });
    browser = await chromium.launch({ executablePath: executablePath! });
  });
  afterAll(async () => {
    await browser?.close();
    await service.close();
  });

  describe.each(screens)("$name", ({ viewport, colorScheme }) => {
    let page: Page;
    /** Errors and warnings of the console, and requests for anything but the page itself. */
    const complaints: string[] = [];
    beforeAll(async () => {
      const context = await browser.newContext({ viewport, colorScheme });
      page = await context.newPage();
      page.on("console", (message) => complaints.push(`console: ${message.text()}`));
      page.on("pageerror", (error) => complaints.push(`error: ${error.message}`));
      page.on("request", (request) => {
        // A browser asks for an icon by itself.
        const { pathname } = new URL(request.url());
        if (pathname !== "/docs" && pathname !== "/favicon.ico") complaints.push(`request: ${request.url()}`);
      });
      await page.goto(`${address}/docs`);
    });
    afterAll(() => page.context().close());
    const unfold = (open: boolean) =>
      page.evaluate((isOpen) => document.querySelectorAll("details").forEach((it) => (it.open = isOpen)), open);

    it("says nothing to the console, asks nobody for anything, and has its style", async () => {
      expect(complaints.filter((complaint) => !complaint.includes("favicon"))).toEqual([]);
      expect(await page.evaluate(() => getComputedStyle(document.body).margin)).toBe("0px");
    });

    it("has a section for every operation, reached from the top", async () => {
      const targets = await page
        .locator("nav a")
        .evaluateAll((links) => links.map((link) => link.getAttribute("href")!));
      expect(targets.length).toBeGreaterThanOrEqual(8);
      for (const target of targets) expect(await page.locator(target).count()).toBe(1);
    });

    it("leads nowhere that is not there", async () => {
      const links = await page
        .locator("a[href^='#']")
        .evaluateAll((all) => [...new Set(all.map((link) => link.getAttribute("href")!))]);
      for (const link of links) expect([link, await page.locator(link).count()]).toEqual([link, 1]);
    });

    it("is as wide as the window, folded or unfolded", async () => {
      expect(await findOverflow(page)).toEqual([]);
      await unfold(true);
      expect(await findOverflow(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(viewport.width);
      await unfold(false);
    });

    it("has nothing that axe-core calls serious, folded or unfolded", async () => {
      expect(await findAccessibilityFaults(page)).toEqual([]);
      await unfold(true);
      expect(await findAccessibilityFaults(page)).toEqual([]);
      await unfold(false);
    });

    it("is reached by the keyboard, in order, with the place shown", async () => {
      const { all, reached } = await walkByKeyboard(page);
      expect(all.length).toBeGreaterThan(20);
      expect(reached).toEqual(all);
    });
  });
});
