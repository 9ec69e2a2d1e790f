import { readFileSync } from "node:fs";
import { join } from "node:path";
import { configurationSchema } from "@osteon/contracts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SqlSession } from "../../packages/connectors/src/database/driver/sql-session.ts";
import { drivers, type TestDatabase } from "../../packages/connectors/src/database/testing/databases.ts";
import { conceptSets } from "../../packages/connectors/src/omop/concept-sets.ts";
import { canary, fixtureConcepts as f, OmopDatabase } from "../../packages/connectors/src/omop/omop-fixture.ts";
import { checkSource } from "../../packages/pipeline/src/index.ts";
import { needlesOf, searchFolder } from "./support/search-bytes.ts";
import { observeRun, smallConfiguration, temporaryFolder } from "./support/small-run.ts";

const patients = 60;
const genes = ["MYC", "RUNX2", "CCNE1", "VEGFA", "COL1A1", "SPP1", "IBSP", "RB1", "CDK4", "MDM2", "ALPL", "SP7"];
/** Ids that nobody else has, so that a search for them finds them. */
const personId = (number: number): number => 734_650_000 + number * 17;

/** Patients as a hospital has them: canaries in every free and source field, one dead before the diagnosis. */
async function fillOmopDatabase(session: SqlSession): Promise<void> {
  const omop = await OmopDatabase.create(session);
  const tp53 = await omop.addProteinChange("TP53", "p.Arg175His");
  const rb1 = await omop.addProteinChange("RB1", "p.Arg320Ter");
  await session.run("CREATE SCHEMA research");
  await session.run("CREATE TABLE research.expression (patient_id text, gene text, value real, note text)");
  const numbers = Array.from({ length: patients }, (_, index) => index + 1);
  const seen = (n: number) => `20${15 + (n % 8)}-0${1 + (n % 9)}-1${n % 9}`;
  await omop.insertAll(
    "person",
    numbers.map((n) => ({
      person_id: personId(n),
      year_of_birth: 1995 + (n % 12),
      month_of_birth: 1 + (n % 12),
      day_of_birth: 17,
      gender_concept_id: n % 2 === 0 ? 8507 : 8532,
    })),
  );
  const diagnosis = { condition_concept_id: f.osteosarcomaOfFemur, condition_start_date: "2014-05-19" };
  await omop.insertAll(
    "condition_occurrence",
    numbers.map((n) => ({ person_id: personId(n), ...diagnosis })),
  );
  await omop.insertAll(
    "visit_occurrence",
    numbers.map((n) => ({ person_id: personId(n), visit_start_date: seen(n), visit_end_date: seen(n) })),
  );
  await omop.insertAll(
    "death",
    numbers
      .filter((n) => n % 3 === 0)
      .map((n) => ({ person_id: personId(n), death_date: n === 3 ? "2014-05-18" : seen(n) })),
  );
  const measured = (n: number, concept: number) => ({
    person_id: personId(n),
    measurement_date: "2014-05-20",
    measurement_concept_id: concept,
  });
  await omop.insertAll(
    "measurement",
    numbers.flatMap((n) => [
      measured(n, n % 4 === 0 ? f.metastasisToLung : f.m0Category),
      measured(n, n % 3 === 0 ? tp53 : rb1),
    ]),
  );
  const values = numbers.map((n) =>
    genes.map((_, gene) => (6 + Math.sin(n * (gene + 1)) * 3 + (n % 4)).toFixed(4)).join(","),
  );
  await session.run(
    `INSERT INTO research.expression
       SELECT id, gene, value::real, $1::text
         FROM unnest($2::text::text[], $3::text::text[]) AS row(id, measured),
              unnest($4::text::text[], string_to_array(measured, ',')) AS cell(gene, value)`,
    [canary, `{${numbers.map(personId).join(",")}}`, `{"${values.join('","')}"}`, `{${genes.join(",")}}`],
  );
}

describe.each(drivers)("an OMOP database in $driver", ({ skip, start }) => {
  let database: TestDatabase;
  beforeAll(async () => {
    if (skip) return;
    database = await start();
    await using session = await database.open();
    await fillOmopDatabase(session);
  });
  afterAll(() => database?.stop());

  const configuration = () =>
    smallConfiguration({
      data: {
        source: "omop",
        directory: database.directory,
        vocabulary_schema: "vocabulary",
        queries: { expression: { view: "research.expression" } },
      },
    });

  it.skipIf(skip)("is checked by its columns, which read no date and no free text", async () => {
    const check = await checkSource({
      configuration: configuration(),
      databaseAddress: database.address,
      columnsOnly: true,
      signal: new AbortController().signal,
      progress: () => undefined,
    });
    expect(check.database?.faults).toEqual([]);
    expect(check.database?.queries.map(({ query, rows }) => [query, rows])).toEqual([
      ["OMOP patients", patients],
      ["OMOP mutations", patients],
      ["research.expression", patients * genes.length],
    ]);
    expect(check.database?.leftOut).toEqual([{ reason: "death before diagnosis: survival unknown", count: 1 }]);
    expect(JSON.stringify(check)).not.toContain(canary);
  });

  it.skipIf(skip)(
    "goes through the whole job, and nothing in the run tells a person, a date or a source field",
    async () => {
      const folder = temporaryFolder();
      const { manifest } = await observeRun({
        configuration: configuration(),
        directory: folder,
        databaseAddress: database.address,
      });
      expect(manifest.steps.seal).toMatchObject({ status: "done" });
      const record = JSON.parse(readFileSync(join(folder, "deidentification.json"), "utf8"));
      expect(record.refused).toContainEqual({
        table: "clinical-patient",
        reason: "death before diagnosis: survival unknown",
        count: 1,
      });
      const ids = Array.from({ length: patients }, (_, index) => String(personId(index + 1)));
      const needles = new Map([
        ...needlesOf("a free text", canary),
        ...needlesOf("the day of diagnosis", "2014-05-19"),
        ...ids.flatMap((id) => needlesOf("a person", id)),
      ]);
      expect(searchFolder(folder, needles, () => false)).toEqual([]);
    },
  );
});

it("lets the configuration replace every set of concepts", () => {
  const concepts = Object.fromEntries(Object.keys(conceptSets).map((name) => [name, [1]]));
  const { data } = configurationSchema.parse({ data: { source: "omop", concepts } });
  expect(data).toMatchObject({ concepts });
});

it("documents every concept that it uses", () => {
  const page = readFileSync(new URL("../../docs/omop.md", import.meta.url), "utf8");
  for (const [set, { concepts }] of Object.entries(conceptSets)) {
    expect(page).toContain(`\`${set}\``);
    // Stages are told in words.
    for (const { id, name } of concepts) if (!/Stage [123]$/.test(name)) expect(page).toContain(String(id));
  }
});
