import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import type { WebSite } from "./web-site.ts";

/** A page of the application, and all that a visitor should never see. */
export interface WebPage {
  readonly page: Page;
  /** Errors and warnings of the console, and requests to another host. */
  readonly complaints: string[];
}

export async function openWebPage(browser: Browser, site: WebSite, options: BrowserContextOptions): Promise<WebPage> {
  const context = await browser.newContext({ acceptDownloads: true, ...options });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(`${message.type()}: ${message.text()}`);
  });
  page.on("pageerror", (error) => complaints.push(`error: ${error.message}`));
  page.on("request", (request) => {
    if (!/^(blob|data):/.test(request.url()) && new URL(request.url()).origin !== site.address)
      complaints.push(`request: ${request.url()}`);
  });
  return { page, complaints };
}

export async function signIn(page: Page, { address, token }: WebSite): Promise<void> {
  await page.goto(`${address}/app/`);
  await page.getByLabel("Access token").fill(token);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("heading", { name: "Overview" }).waitFor();
}

/** Goes to a page by the navigation, and waits until nothing is loading. */
export async function goTo(page: Page, name: string): Promise<void> {
  await page.getByRole("navigation").getByRole("link", { name }).click();
  await settle(page, name);
}

export async function settle(page: Page, heading: string | RegExp): Promise<void> {
  await page.getByRole("heading", { level: 1, name: heading }).waitFor();
  await page.locator("main .skeleton").waitFor({ state: "detached" });
}

/** Presses Tab until what has the focus is called so, as somebody without a mouse does. */
export async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  const isThere = (text: string) => (typeof name === "string" ? text === name : name.test(text));
  const seen: string[] = [];
  for (let presses = 0; presses < 80; presses++) {
    await page.keyboard.press("Tab");
    const text = await page.evaluate(() => {
      const element = document.activeElement;
      if (element === null) return "";
      const labels =
        element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement ? element.labels : null;
      const label = element.getAttribute("aria-label") ?? labels?.[0]?.textContent ?? element.textContent;
      return label.trim();
    });
    if (isThere(text)) return;
    seen.push(text.slice(0, 30));
  }
  throw new Error(`Tab never came to ${String(name)}; it came to ${seen.join(" | ")}`);
}
