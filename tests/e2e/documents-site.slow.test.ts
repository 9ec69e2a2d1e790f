import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium, type Browser, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildDocuments } from "../../tools/build-documents.ts";
import { findAccessibilityFaults, findOverflow } from "./support/audit-page.ts";
import { findChromium } from "./support/find-chromium.ts";
import { screens } from "./support/screens.ts";

const executablePath = findChromium();
if (executablePath === null) {
  console.warn(
    "NOT TESTED: the documentation in a browser. There is no chromium in PATH; tools/install-test-programs.sh installs it.",
  );
}

describe.skipIf(executablePath === null)("the documentation, opened from a disk in Chromium", () => {
  const folder = mkdtempSync(join(tmpdir(), "osteon-documents-"));
  const site = join(folder, "docs");
  const addressOf = (path: string) => pathToFileURL(join(site, path)).href;
  let browser: Browser;
  beforeAll(async () => {
    await buildDocuments(site);
    browser = await chromium.launch({ executablePath: executablePath! });
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** A page, and all that it says to the console or asks for outside of the folder. */
  async function open(path: string, options: Parameters<Browser["newPage"]>[0] = {}) {
    const page: Page = await browser.newPage(options);
    const complaints: string[] = [];
    page.on("console", (message) => complaints.push(`console: ${message.text()}`));
    page.on("pageerror", (error) => complaints.push(`error: ${error.message}`));
    page.on("request", (request) => {
      if (!/^(?:file|data):/.test(request.url())) complaints.push(`request: ${request.url()}`);
    });
    await page.goto(addressOf(path));
    return { page, complaints };
  }

  describe.each(screens)("$name", ({ viewport, colorScheme }) => {
    it.each(["index.html", "runbook.html", "adr/0003-anchored-factor-copula.html"])(
      "%s is accessible, within the screen, and silent",
      async (path) => {
        const { page, complaints } = await open(path, { viewport, colorScheme });
        // Before axe, which asks for the style itself.
        expect(complaints).toEqual([]);
        expect(await findAccessibilityFaults(page)).toEqual([]);
        expect(await findOverflow(page)).toEqual([]);
        if (process.env["SHOW_PAGES"]) {
          const name = `${path.replaceAll("/", "-")}-${viewport.width}-${colorScheme}.png`;
          await page.screenshot({ path: join(process.env["SHOW_PAGES"], name) });
        }
        await page.close();
      },
    );
  });

  it("finds a section by its words, from a page in a folder too, and goes there", async () => {
    const { page, complaints } = await open("adr/0008-audit-trail.html");
    await page.keyboard.press("/");
    await page.keyboard.type("identifier was found");
    const first = page.locator("#found a").first();
    await first.waitFor();
    expect(await first.textContent()).toContain("An identifier was found");
    await page.keyboard.press("Enter");
    await page.waitForURL(`${addressOf("runbook.html")}#an-identifier-was-found`);
    expect(await page.locator("#an-identifier-was-found").isVisible()).toBe(true);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it("says where nothing is found, and closes with Escape", async () => {
    const { page } = await open("index.html");
    await page.getByRole("searchbox").fill("xylophone zebra");
    await page.getByText("Nothing was found.").waitFor();
    expect(await findAccessibilityFaults(page)).toEqual([]);
    await page.keyboard.press("Escape");
    expect(await page.locator("#found").isVisible()).toBe(false);
    await page.close();
  });

  it("is light or dark as the reader chooses", async () => {
    const { page } = await open("index.html", { colorScheme: "light" });
    const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await paper();
    await page.getByRole("button", { name: "Light or dark" }).click();
    const dark = await paper();
    expect(dark).not.toBe(light);
    await page.goto(addressOf("audit.html"));
    expect(await paper()).toBe(dark);
    await page.close();
  });

  it("prints the text without navigation", async () => {
    const { page } = await open("audit.html");
    await page.emulateMedia({ media: "print" });
    expect(
      await page
        .locator(".bar, .pages, .steps")
        .evaluateAll((all) => all.filter((one) => one.checkVisibility()).length),
    ).toBe(0);
    expect(await page.getByRole("heading", { level: 1 }).isVisible()).toBe(true);
    await page.close();
  });
});
