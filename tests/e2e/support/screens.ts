import { isExhaustive } from "../../support/exhaustive.ts";

const desktop = { width: 1440, height: 900 };
const telephone = { width: 390, height: 844 };

/** Screens that pages are looked at on: both sizes and both colours, and of their four pairs all where that is asked for. */
export const screens = (
  [
    { name: "desktop, light", viewport: desktop, colorScheme: "light", isAlways: true },
    { name: "desktop, dark", viewport: desktop, colorScheme: "dark", isAlways: false },
    { name: "telephone, light", viewport: telephone, colorScheme: "light", isAlways: false },
    { name: "telephone, dark", viewport: telephone, colorScheme: "dark", isAlways: true },
  ] as const
).filter(({ isAlways }) => isAlways || isExhaustive);
