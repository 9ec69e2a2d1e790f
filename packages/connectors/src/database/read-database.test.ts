import { digestCohort, type Cohort } from "@osteon/cohort";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readCbioportalStudy } from "../cbioportal/read-cbioportal-study.ts";
import { smallStudy, withStudy } from "../cbioportal/study-fixture.ts";
import type { SqlSession } from "./driver/sql-session.ts";
import { loadExample } from "./example/load-example.ts";
import { defaultQuerySet, type DefaultQueryOptions } from "./queries/default-queries.ts";
import { readDatabase } from "./read-database.ts";
import { drivers, type TestDatabase } from "./testing/databases.ts";

const everyone: DefaultQueryOptions = {
  schema: "small",
  cancerType: "osteosarcoma",
  ageBelowYears: null,
  expressionUnit: "log2(TPM+1)",
};

describe.each(drivers)("a cohort from $driver", ({ skip, start }) => {
  let database: TestDatabase;
  let session: SqlSession;
  let study: Cohort;
  beforeAll(async () => {
    if (skip) return;
    database = await start();
    session = await database.open();
    study = (await withStudy(smallStudy, (directory) => readCbioportalStudy(directory))).cohort;
    await loadExample(session, study, "small");
  });
  afterAll(async () => {
    await session?.close();
    database?.stop();
  });

  it.skipIf(skip)("is the one that was loaded", async () => {
    const { cohort } = await readDatabase(session, (snapshot) => defaultQuerySet(snapshot, everyone));
    expect(cohort).toEqual({ ...study, batch: undefined });
    expect(await digestCohort(cohort)).toBe(await digestCohort(study));
  });
});
