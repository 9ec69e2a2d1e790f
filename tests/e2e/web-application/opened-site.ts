import type { Browser } from "playwright-core";
import type { WebSite } from "../support/web-site.ts";

/** What every group of tests looks at; there once the tests run. */
export interface OpenedSite {
  readonly site: WebSite;
  readonly browser: Browser;
}

export const desktop = { width: 1440, height: 900 } as const;
