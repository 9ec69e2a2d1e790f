import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { listStudyFiles } from "./list-study-files.ts";
import { smallStudy, withStudy } from "./study-fixture.ts";

describe("listStudyFiles", () => {
  it("lists what the reader reads and nothing that only lies beside it", async () => {
    const files = {
      ...smallStudy,
      "case_lists/all.txt": "stable_id: x_all\n",
      "case_lists/notes.md": "",
      "data.bam": "",
    };
    await withStudy(files, async (directory) => {
      await mkdir(join(directory, "osteon-data", "run"), { recursive: true });
      await writeFile(join(directory, "osteon-data", "run", "manifest.json"), "{}");
      expect(await listStudyFiles(directory)).toEqual([
        "case_lists/all.txt",
        ...Object.keys(smallStudy)
          .filter((name) => name !== "meta_study.txt")
          .sort(),
      ]);
    });
  });

  it("fails as the reader does where a data file is missing", async () => {
    const files = { ...smallStudy, "data_cna.txt": undefined };
    const attempt = withStudy(files, listStudyFiles);
    await expect(attempt).rejects.toMatchObject({ code: "connectors.data-file-missing" });
  });
});
