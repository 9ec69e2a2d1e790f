import { X509Certificate, createHash } from "node:crypto";
import { chromium, type Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { hasOpenssl } from "../../../packages/service/src/testing/certificates.ts";
import { findAccessibilityFaults } from "../support/audit-page.ts";
import { goTo, openWebPage, signIn } from "../support/web-page.ts";
import { desktop, type OpenedSite } from "./opened-site.ts";

/** How the service answers a request that the page itself would not send, with the session of this browser. */
function statusOf(page: Page, path: string, body?: object): Promise<number> {
  return page.evaluate(
    async ([address, text]) => {
      const headers = { "x-osteon-request": "1", "content-type": "application/json" };
      const response = await fetch(address, text === undefined ? {} : { method: "POST", headers, body: text });
      return response.status;
    },
    [path, body && JSON.stringify(body)] as const,
  );
}

/** Who may do what, by real tokens; and a service that is reached over TLS. */
export function describeAccess(opened: () => OpenedSite, executablePath: string): void {
  describe("access", () => {
    const forbidden = "Your access token is not for this";
    const open = async (token: string): Promise<Page> => {
      const { site, browser } = opened();
      const { page } = await openWebPage(browser, site, { viewport: desktop });
      await signIn(page, { ...site, token });
      return page;
    };

    it("is refused in words to a token for patients alone, by the page and by the service", async () => {
      const page = await open(opened().site.keys.patients);
      await goTo(page, "Audit");
      await page.getByRole("heading", { name: forbidden }).waitFor();
      expect(await findAccessibilityFaults(page)).toEqual([]);
      expect(await statusOf(page, "/audit")).toBe(403);
      await goTo(page, "Explore");
      // More patients than this token may have at once: the page does not know that, the service says it.
      await page.getByRole("textbox", { name: "Patients" }).fill("101");
      await page.getByRole("button", { name: "Generate" }).click();
      await page.getByRole("heading", { name: forbidden }).waitFor();
      expect(await page.getByRole("main").textContent()).toContain("generate:bulk");
      await page.getByRole("textbox", { name: "Patients" }).fill("20");
      await page.getByRole("button", { name: "Generate" }).click();
      await page.getByRole("heading", { name: "20 simulated patients" }).waitFor();
      await page.context().close();
    });

    it("is refused in words to a token for the audit trail alone, by the page and by the service", async () => {
      const page = await open(opened().site.keys.audit);
      await goTo(page, "Explore");
      await page.getByRole("heading", { name: forbidden }).waitFor();
      expect(await findAccessibilityFaults(page)).toEqual([]);
      expect(await statusOf(page, "/generate", { count: 1 })).toBe(403);
      await goTo(page, "Audit");
      await page.getByRole("heading", { name: "Entries" }).waitFor();
      await page.context().close();
    });

    it.skipIf(!hasOpenssl)("works over TLS, with a cookie that goes nowhere else", async () => {
      const tls = await opened().site.serveOverTls();
      // This certificate and no other, as a hospital's own authority would make it.
      const key = new X509Certificate(tls.certificate).publicKey.export({ type: "spki", format: "der" });
      const pin = createHash("sha256").update(key).digest("base64");
      const browser = await chromium.launch({ executablePath, args: [`--ignore-certificate-errors-spki-list=${pin}`] });
      try {
        const site = { ...opened().site, address: tls.address };
        const { page, complaints } = await openWebPage(browser, site, { viewport: desktop });
        const answer = await page.goto(`${tls.address}/app/`);
        expect(answer!.headers()["strict-transport-security"]).toMatch(/^max-age=31536000/);
        await signIn(page, site);
        const cookies = await page.context().cookies();
        expect(cookies).toMatchObject([
          { name: "__Host-osteon-session", secure: true, httpOnly: true, sameSite: "Strict", path: "/" },
        ]);
        await goTo(page, "Explore");
        await page.getByRole("textbox", { name: "Patients" }).fill("20");
        await page.getByRole("button", { name: "Generate" }).click();
        await page.getByRole("heading", { name: "20 simulated patients" }).waitFor();
        await page.getByRole("img", { name: /^Heat map/ }).waitFor();
        await page.getByRole("button", { name: "Sign out" }).click();
        await page.getByRole("heading", { name: "Sign in" }).waitFor();
        expect(await page.context().cookies()).toEqual([]);
        expect(complaints).toEqual([]);
      } finally {
        await browser.close();
        await tls.close();
      }
    });
  });
}
