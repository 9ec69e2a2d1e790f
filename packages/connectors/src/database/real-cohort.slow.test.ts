import { existsSync } from "node:fs";
import { join } from "node:path";
import { digestCohort } from "@osteon/cohort";
import { describe, expect, it } from "vitest";
import { readCbioportalStudy } from "../cbioportal/read-cbioportal-study.ts";
import { loadExample } from "./example/load-example.ts";
import { defaultQuerySet } from "./queries/default-queries.ts";
import { readDatabase } from "./read-database.ts";
import { drivers } from "./testing/databases.ts";

const study = join(import.meta.dirname, "../../../../../shared/data/os_target_study");
const isAbsent = !existsSync(study);

describe.each(drivers)("the real cohort of ../shared/data from $driver", ({ skip, start }) => {
  it.skipIf(isAbsent || skip)("is the same as from its files", async () => {
    const { cohort } = await readCbioportalStudy(study);
    const database = await start();
    try {
      await using session = await database.open();
      await loadExample(session, cohort, "target_os");
      const { cohort: read } = await readDatabase(session, (snapshot) =>
        defaultQuerySet(snapshot, {
          schema: "target_os",
          cancerType: "osteosarcoma",
          ageBelowYears: null,
          expressionUnit: "log2(TPM+1)",
        }),
      );
      expect(read.patientIds).toHaveLength(308);
      expect(await digestCohort(read)).toBe(await digestCohort(cohort));
    } finally {
      database.stop();
    }
  });
});
