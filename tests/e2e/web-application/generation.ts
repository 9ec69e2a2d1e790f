import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findAccessibilityFaults } from "../support/audit-page.ts";
import { startInterruptingProxy, type InterruptingProxy } from "../support/interrupting-proxy.ts";
import { goTo, openWebPage, signIn } from "../support/web-page.ts";
import { desktop, type OpenedSite } from "./opened-site.ts";

/** Patients while they come: how far they are, how they are cancelled, and what is said where they do not all come. */
export function describeGeneration(opened: () => OpenedSite): void {
  describe("patients on their way", () => {
    let proxy: InterruptingProxy;
    let page: Page;
    beforeAll(async () => {
      const { site, browser } = opened();
      proxy = await startInterruptingProxy(site.address);
      const behind = { ...site, address: proxy.address };
      ({ page } = await openWebPage(browser, behind, { viewport: desktop }));
      await signIn(page, behind);
      await goTo(page, "Explore");
      await page.getByRole("textbox", { name: "Patients" }).fill("80");
      await page.getByLabel("Seed").fill("1");
    }, 120_000);
    afterAll(async () => {
      await page?.context().close();
      await proxy?.close();
    });

    const generate = () => page.getByRole("button", { name: "Generate", exact: true }).click();
    const cohorts = () => page.getByRole("heading", { name: /simulated patients?$/ }).count();

    it("are counted, and cancelled without a trace", async () => {
      proxy.interrupt({ how: "hold", afterLines: 33 });
      await generate();
      const progress = page.getByRole("progressbar", { name: "Generating" });
      await expect.poll(() => progress.getAttribute("aria-valuetext")).toBe("33 of 80 patients");
      expect(Number(await progress.getAttribute("aria-valuenow"))).toBeCloseTo(41.25, 1);
      expect(await page.getByText("33 of 80 patients").isVisible()).toBe(true);
      expect(await findAccessibilityFaults(page)).toEqual([]);
      await page.getByRole("button", { name: "Cancel" }).click();
      await page.getByText("Cancelled. Nothing of it was kept.").waitFor();
      expect(await progress.count()).toBe(0);
      expect(await cohorts()).toBe(0);
      await proxy.gaveUp();
    });

    it.each(["break", "end"] as const)("are never shown where not all of them came (%s)", async (how) => {
      proxy.interrupt({ how, afterLines: 20 });
      await generate();
      await page.getByRole("heading", { name: "Not all of it came" }).waitFor();
      // What was under way when a connection broke may be lost, so not all that was sent has come.
      const told = how === "end" ? /after 20 of 80 patients\./ : /after \d+ of 80 patients\./;
      expect(await page.getByText(told).isVisible()).toBe(true);
      expect(await cohorts()).toBe(0);
      expect(await findAccessibilityFaults(page)).toEqual([]);
    });

    it("come when they are asked for again", async () => {
      proxy.interrupt(null);
      await page.getByRole("button", { name: "Try again" }).click();
      await page.getByRole("heading", { name: "80 simulated patients" }).waitFor();
      await page.getByRole("img", { name: /^Heat map/ }).waitFor();
    });

    it.each(["JSON lines", "CSV"])("are not saved where the file ended early (%s)", async (name) => {
      let saved = 0;
      page.on("download", () => saved++);
      proxy.interrupt({ how: "end", afterLines: 20 });
      await page.getByRole("button", { name, exact: true }).click();
      await page.getByText("The file broke off before its end.").waitFor();
      expect(saved).toBe(0);
    });
  });
}
