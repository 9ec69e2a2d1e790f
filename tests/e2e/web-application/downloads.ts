import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { SyntheticPatient } from "@osteon/contracts";
import { parquetReadObjects } from "hyparquet";
import type { Download, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { goTo, openWebPage, signIn } from "../support/web-page.ts";
import { desktop, type OpenedSite } from "./opened-site.ts";

/** Of a saved patient, by the column of the wide table that holds it. */
type Row = Readonly<Record<string, unknown>>;

const count = 12;

/** How each format that the page offers is read, by somebody else's reader where there is one. */
const readers: Readonly<Record<string, { readonly ending: string; readonly read: (file: Buffer) => Promise<Row[]> }>> =
  {
    JSON: {
      ending: "json",
      read: async (file) => (JSON.parse(file.toString("utf8")) as { patients: SyntheticPatient[] }).patients.map(rowOf),
    },
    "JSON lines": {
      ending: "ndjson",
      read: async (file) =>
        file
          .toString("utf8")
          .trimEnd()
          .split("\n")
          .map((line) => rowOf(JSON.parse(line) as SyntheticPatient)),
    },
    CSV: {
      ending: "csv",
      read: async (file) => {
        const [header, ...lines] = file.toString("utf8").trimEnd().split("\n");
        const names = header!.split(",");
        return lines.map((line) =>
          Object.fromEntries(line.split(",").map((cell, c) => [names[c]!, cell === "" ? null : Number(cell)])),
        );
      },
    },
    Parquet: {
      ending: "parquet",
      read: async (file) => {
        const bytes = file.buffer.slice(file.byteOffset, file.byteOffset + file.length) as ArrayBuffer;
        return parquetReadObjects({ file: bytes });
      },
    },
  };

/** Saves patients in each format, and reads what lies on the disk then. */
export function describeDownloads(opened: () => OpenedSite): void {
  describe("saved patients", () => {
    let page: Page;
    let first: readonly Row[];
    const downloads: Download[] = [];
    beforeAll(async () => {
      const { site, browser } = opened();
      ({ page } = await openWebPage(browser, site, { viewport: desktop }));
      page.on("download", (download) => downloads.push(download));
      await signIn(page, site);
      await goTo(page, "Explore");
      await page.getByRole("textbox", { name: "Patients" }).fill(String(count));
      await page.getByLabel("Seed").fill("4711");
      await page.getByRole("button", { name: "Generate" }).click();
      await page.getByRole("button", { name: "Parquet" }).waitFor();
    }, 120_000);
    afterAll(() => page?.context().close());

    it("are offered in every format that can be read here", async () => {
      const buttons = page.locator("section", { hasText: "Two files:" }).getByRole("button");
      expect(await buttons.allTextContents()).toEqual(Object.keys(readers));
    });

    it.each(Object.entries(readers))("are whole in %s, with where they are from", async (name, { ending, read }) => {
      downloads.length = 0;
      await page.getByRole("button", { name, exact: true }).click();
      await expect.poll(() => downloads.length, { timeout: 30_000 }).toBe(2);
      const [patients, provenance] = await Promise.all(
        downloads.map(async (download) => readFileSync(await download.path())),
      );
      const file = `simulated-patients-${opened().site.versions[0].slice(0, 8)}-seed-4711.${ending}`;
      expect(downloads.map((download) => download.suggestedFilename())).toEqual([file, `${file}.provenance.json`]);
      expect(JSON.parse(provenance!.toString("utf8"))).toMatchObject({
        file,
        simulated: true,
        model_version: opened().site.versions[0],
        seed: 4711,
        count,
        profile: {},
        bytes: patients!.length,
        sha256: createHash("sha256").update(patients!).digest("hex"),
        trained_on_simulated_patients: true,
      });
      // Everybody in order, with the expression (here in ten-thousandths, to which it is rounded) that the page itself does
      // not ask for, and the same in every format.
      const rows = (await read(patients!)).map(
        ({ index, "clinical.age_years": age, "mutations.TP53": tp53, ...others }) => ({
          index: Number(index),
          age,
          tp53,
          expression: Object.entries(others)
            .filter(([column]) => column.startsWith("expression."))
            .map(([column, value]) => `${column} ${Math.round(10_000 * Number(value))}`),
        }),
      );
      expect(rows.map(({ index }) => index)).toEqual(Array.from({ length: count }, (_, k) => k));
      expect(rows.every(({ age, tp53 }) => typeof age === "number" && (tp53 === 0 || tp53 === 1))).toBe(true);
      expect(rows[0]!.expression.length).toBeGreaterThan(100);
      first ??= rows;
      expect(rows).toEqual(first);
    });
  });
}

function rowOf({ index, clinical, mutations, expression }: SyntheticPatient): Row {
  const prefixed = (part: string, values: object) =>
    Object.fromEntries(Object.entries(values).map(([name, value]) => [`${part}.${name}`, value]));
  return {
    index,
    ...prefixed("clinical", clinical),
    ...prefixed("mutations", mutations),
    ...prefixed("expression", expression),
  };
}
