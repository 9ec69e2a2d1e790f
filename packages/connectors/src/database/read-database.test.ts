import { digestCohort, selectPatientsById, type Cohort } from "@osteon/cohort";
import { deidentifyCohort } from "@osteon/deidentification";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readCbioportalStudy } from "../cbioportal/read-cbioportal-study.ts";
import { smallStudy, withStudy } from "../cbioportal/study-fixture.ts";
import type { SqlSession } from "./driver/sql-session.ts";
import { withSnapshot } from "./driver/snapshot.ts";
import { loadExample } from "./example/load-example.ts";
import { fingerprintDatabase } from "./fingerprint-database.ts";
import { defaultQuerySet, type DefaultQueryOptions } from "./queries/default-queries.ts";
import { readDatabase } from "./read-database.ts";
import { drivers, type TestDatabase } from "./testing/databases.ts";
import { failureOfSite, readSite, threePatients, type SiteQueries } from "./testing/site.ts";

const everyone: DefaultQueryOptions = {
  schema: "small",
  cancerType: "osteosarcoma",
  ageBelowYears: null,
  expressionUnit: "log2(TPM+1)",
};

const long = (...rows: readonly string[]) => `select * from (values ${rows.join(", ")}) as v(patient_id, gene, value)`;
const patientsWith = (row: string) => `${threePatients.patients} union all select ${row}`;

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
  /** Reading leaves the session read only. */
  const change = async (...statements: readonly string[]) => {
    await session.run("set session characteristics as transaction read write");
    for (const statement of statements) await session.run(statement);
  };
  const readDefault = (options: Partial<DefaultQueryOptions> = {}) =>
    readDatabase(session, (snapshot) => defaultQuerySet(snapshot, { ...everyone, ...options }));

  it.skipIf(skip)("is the one that was loaded", async () => {
    const { cohort, findings, notes } = await readDefault();
    expect(await digestCohort(cohort)).toBe(await digestCohort(study));
    expect(findings).toEqual([]);
    expect(notes.join(" ")).toMatch(/PostgreSQL \d+[\w.]*, all tables at one snapshot.*arrays form.*long form/);
  });

  it.skipIf(skip)("is by default of patients under 18 of known age, and counts the others", async () => {
    const { cohort, refusals } = await readDefault({ ageBelowYears: 13 });
    expect(cohort.patientIds).toEqual(["S1"]);
    expect(refusals).toContainEqual(expect.objectContaining({ table: "clinical-patient", count: 2 }));
    const restricted = selectPatientsById(study, ["S1"]);
    expect(cohort.copyNumber).toEqual(restricted.copyNumber);
    // Of TP53 the long form has no row but the other patient's.
    expect(cohort.expression).toMatchObject({ genes: ["RUNX2"], values: Float32Array.of(10) });
    await expect(readDefault({ cancerType: "it's another" })).rejects.toMatchObject({ code: "connectors.table-empty" });
  });

  it.skipIf(skip)(
    "has the same values in long form, in arrays and in wide form, whatever the rows' order",
    async () => {
      const forms = [
        long("('S2', 'TP53', 0)", "('S1', 'RUNX2', 10)", "('S2', 'RUNX2', 5.25)", "('S1', 'TP53', null)"),
        "select gene, patient_ids, values from (values ('TP53', array['S1','S2'], array[null, 0]::real[]), " +
          "('RUNX2', array['S2','S1'], array[5.25, 10]::real[])) as v(gene, patient_ids, values)",
        `select * from (values ('TP53', null::real, 0::float8), ('RUNX2', 10, 5.25)) as v(gene_symbol, s1, "S2")`,
      ];
      for (const [i, expression] of forms.entries()) {
        const { cohort, notes } = await readSite(session, { expression });
        expect(cohort.expression).toEqual(study.expression);
        expect(notes).toContain(`The expression query has the ${["long", "arrays", "wide"][i]} form.`);
      }
    },
  );

  it.skipIf(skip)("reads a wide or long table of the default names, and of it the patients who are read", async () => {
    await change(
      "alter table small.expression rename to kept",
      'create table small.expression (gene text, "S1" real, s2 real)',
      "insert into small.expression values ('RUNX2', 10, 5.25), ('TP53', null, 0)",
    );
    try {
      expect((await readDefault()).cohort.expression).toEqual(study.expression);
      const { cohort } = await readDefault({ ageBelowYears: 13 });
      expect(cohort.expression).toEqual(selectPatientsById(study, ["S1"]).expression);
    } finally {
      await change("drop table small.expression", "alter table small.kept rename to expression");
    }
  });

  it.skipIf(skip)("takes TPM and z-scores as what they are", async () => {
    const expression = long("('S1', 'A', 3)", "('S2', 'A', 0)");
    const tpm = await readSite(session, { expression, unit: "TPM" });
    expect(tpm.cohort.expression).toMatchObject({ unit: "log2(TPM+1)", values: Float32Array.of(2, 0, Number.NaN) });
    const scores = await readSite(session, { expression: long("('S1', 'A', -2.5)"), unit: "z-score" });
    expect(scores.cohort.expression).toMatchObject({ unit: "z-score", genes: ["A"] });
  });

  it.skipIf(skip)("goes by sample where there is a query of samples", async () => {
    const { cohort, refusals } = await readSite(session, {
      samples:
        "select * from (values ('S1', 'S1-N', 'normal', true), ('S1', 'S1-R', 'relapse', true), ('S1', 'S1-P', 'primary', true), " +
        "('S2', 'S2-P', 'primary', true), ('S3', 'S3-P', 'primary', false)) as v(patient_id, sample_id, sample_type, exome_sequenced)",
      mutations:
        "select * from (values ('S1', 'S1-P', 'TP53', 'Missense_Mutation'), ('S1', 'S1-R', 'RB1', 'Missense_Mutation')) " +
        "as v(patient_id, sample_id, gene, variant_classification)",
      copyNumber:
        "select * from (values ('S1-P', 'S1', 'MYC', 2), ('S1-R', 'S1', 'MYC', -2)) as v(sample_id, patient_id, gene, value)",
    });
    expect(cohort.mutations).toEqual({ genes: ["TP53"], values: Int8Array.of(1, 0, -1) });
    expect(cohort.copyNumber).toEqual({ genes: ["MYC"], values: Int8Array.of(2, -128, -128) });
    expect(refusals.map(({ reason, count }) => `${count} ${reason}`)).toEqual([
      "1 samples of normal tissue",
      "1 further tumour samples of a patient",
      "1 calls in samples that were not chosen",
    ]);
  });

  it.skipIf(skip)("takes dates and times as intervals, numbers and flags as they are typed", async () => {
    const { cohort } = await readSite(session, {
      patients:
        "select * from (values (7, date '2001-02-03', timestamp '2013-02-03 23:59', date '2014-02-03', 0, true), " +
        "(8, null, null, null, null, null)) " +
        "as v(patient_id, date_of_birth, date_of_diagnosis, date_of_last_contact, os_status, metastasis)",
      mutations: "select 7 as patient_id, 'TP53'::text as gene, 'Silent'::text as variant_classification",
    });
    expect(cohort.patientIds).toEqual(["7", "8"]);
    expect([...cohort.clinical.survivalTimeDays]).toEqual([365, Number.NaN]);
    expect(cohort.clinical.ageYears[0]).toBeCloseTo(12, 2);
    expect([...cohort.clinical.metastasis]).toEqual([1, -1]);
  });

  it.skipIf(skip)("does not ask for a column that is not taken, and tells of it", async () => {
    // Computing it would end with a division by zero.
    const poisoned = threePatients.patients.replace(
      "select *",
      "select *, 1 / (length(patient_id) - length(patient_id)) as home_phone",
    );
    const extract = await readSite(session, { patients: poisoned });
    expect(extract.columns).toContainEqual({
      table: "clinical-patient",
      column: "home_phone",
      taken: false,
      reason: "not in the contract",
    });
    expect(extract.findings).toMatchObject([{ class: "telephone number", evidence: "header", taken: false }]);
  });

  it.skipIf(skip)("is read at one snapshot, and leaves the session read only", async () => {
    await expect(session.run("create table small.later (a int)")).rejects.toMatchObject({ code: "25006" });
    const settings = await withSnapshot(session, { statementTimeoutSeconds: 7, signal: undefined }, (snapshot) =>
      snapshot.all(
        "select current_setting('transaction_isolation'), current_setting('transaction_read_only'), " +
          "current_setting('statement_timeout')",
      ),
    );
    expect(settings).toEqual([["repeatable read", "on", "7s"]]);
  });

  it.skipIf(skip)("has a fingerprint that changes with a row, and with nothing else", async () => {
    const fingerprint = () => fingerprintDatabase(session, (snapshot) => defaultQuerySet(snapshot, everyone));
    const first = await fingerprint();
    await change("update small.expression set value = value", "vacuum small.expression");
    expect(await fingerprint()).toBe(first);
    await change("update small.expression set value = 5.5 where value = 5.25");
    expect(await fingerprint()).not.toBe(first);
    await change("update small.expression set value = 5.25 where value = 5.5");
    expect(await fingerprint()).toBe(first);
  });

  it.skipIf(skip)("stops with the signal", async () => {
    const stopping = new AbortController();
    const reading = readSite(
      session,
      { expression: "select 'S1'::text as patient_id, 'G' || n as gene, 1 as value from generate_series(1, 20000) n" },
      { signal: stopping.signal, onRows: (query) => query.includes("expression") && stopping.abort() },
    );
    await expect(reading).rejects.toMatchObject({ name: "AbortError" });
    session = await database.open();
  });

  it.skipIf(skip)(
    "is refused where queries do not fit, with every fault in one message, before a row is read",
    async () => {
      const failure = await failureOfSite(session, {
        patients:
          "select 1, patient_id, date '2001-01-01' as age, 'alive'::text as os_status, 1 / (length(patient_id) - 2) as os_months from small.patients",
        samples: "select sample_id\nfrom small.sample",
        mutations: "select patient_id, gene, variant_clasification from small.mutations",
        copyNumber: "select gene, patient_ids, patient_ids as values from small.copy_number",
        expression: "select patient_id, value::text, patient_id as gene from small.expression",
      });
      expect(failure.code).toBe("connectors.query-columns");
      const told = failure.message.split("\n").slice(1);
      expect(told).toEqual([
        "  - the patients query: column 1 has no name; give it one by AS",
        expect.stringMatching(
          /the patients query: no column METASTATIC_AT_DIAGNOSIS; give it under one of these names/,
        ),
        expect.stringMatching(/the patients query: column 3 \(AGE\) is of the type date, where a number belongs/),
        expect.stringMatching(
          /the samples query: names a table or view that is not there \(SQLSTATE 42P01, line 2 of the query\)/,
        ),
        expect.stringMatching(
          /the mutations query: names a column that is not there \(SQLSTATE 42703, line 1 of the query\)/,
        ),
        expect.stringMatching(
          /the copyNumber query: column 3 \(values\) is of the type text\[\], where an array of numbers/,
        ),
        expect.stringMatching(/the expression query: column 2 \(value\) is of the type text, where a number belongs/),
      ]);
    },
  );

  it.skipIf(skip).each<[string, SiteQueries, string, RegExp]>([
    [
      "a patient without an id",
      { patients: patientsWith("null, null, null, null, null") },
      "deidentification.cell-missing",
      /^the patients query, line 4/,
    ],
    [
      "a patient twice",
      { patients: patientsWith("'S1', 'alive', 1, 1, 'no'") },
      "connectors.patient-twice",
      /line 2.*as on line 1/,
    ],
    [
      "no patient",
      { patients: `${threePatients.patients} where false` },
      "connectors.table-empty",
      /^the patients query/,
    ],
    [
      "a code that is none",
      { patients: patientsWith("'S4', 'KANARIENVOGEL', 1, 1, 'no'") },
      "deidentification.cell-unknown-code",
      /OS_STATUS/,
    ],
    [
      "an age that is none",
      { patients: patientsWith("'S4', 'alive', 1, 'Infinity'::float8, 'no'") },
      "deidentification.cell-not-a-number",
      /line 4.*\(AGE\)/,
    ],
    [
      "an identifier for a code",
      { patients: patientsWith("'S4', '731-07-1234', 1, 1, 'no'") },
      "deidentification.cell-holds-identifier",
      /social security number/,
    ],
    [
      "an identifier for an id",
      { patients: patientsWith("'anna@vogel.example', 'alive', 1, 1, 'no'") },
      "deidentification.cell-holds-identifier",
      /e-mail address/,
    ],
    [
      "a call of an unknown patient",
      {
        mutations:
          "select 'KANARIENVOGEL'::text as patient_id, 'TP53'::text as gene, 'Silent'::text as variant_classification",
      },
      "connectors.sample-unknown",
      /^the mutations query, line 1, column \d/,
    ],
    [
      "a value of an unknown patient",
      { expression: long("('KANARIENVOGEL', 'A', 1)") },
      "connectors.sample-unknown",
      /^the expression query, line 1, column 1/,
    ],
    [
      "a value of no patient",
      { expression: long("(null, 'A', 1)") },
      "deidentification.cell-missing",
      /line 1, column 1/,
    ],
    [
      "an identifier for a value's patient",
      { expression: long("('anna@vogel.example', 'A', 1)") },
      "deidentification.cell-holds-identifier",
      /e-mail address/,
    ],
    ["a value of no gene", { expression: long("('S1', null, 1)") }, "connectors.gene-missing", /line 1, column 2/],
    [
      "an id for a gene",
      { expression: long("('S1', 'S2', 1)") },
      "deidentification.cell-holds-identifier",
      /Hugo_Symbol/,
    ],
    [
      "a value twice",
      { expression: long("('S1', 'A', null)", "('S1', 'A', 1)") },
      "connectors.value-twice",
      /row 2, column 3/,
    ],
    [
      "a value out of range",
      { expression: long("('S1', 'A', 5250)") },
      "connectors.value-out-of-range",
      /line 1, column 3: outside of 0 to 20/,
    ],
    [
      "an infinite value",
      { expression: long("('S1', 'A', 'Infinity'::real)") },
      "connectors.value-not-a-number",
      /line 1, column 3/,
    ],
    ["no value", { expression: `${long("('S1', 'A', 1)")} where false` }, "connectors.matrix-empty", /has no genes/],
    [
      "a level that is none",
      { copyNumber: long("('S1', 'A', 3)") },
      "connectors.value-out-of-range",
      /copy-number level/,
    ],
    [
      "arrays of unequal length",
      { expression: "select 'A'::text as gene, array['S1','S2'] as patient_ids, array[1.0] as values" },
      "connectors.arrays-unequal",
      /2 ids and one of 1 values/,
    ],
    [
      "a patient twice in an array",
      { expression: "select 'A'::text as gene, array['S1','S1'] as patient_ids, array[1.0, 2] as values" },
      "connectors.value-twice",
      /row 1/,
    ],
    [
      "a column of an unknown patient",
      { expression: "select 'A'::text as gene, 1.0 as kanarienvogel" },
      "connectors.sample-column-unknown",
      /column 2/,
    ],
    [
      "a value that cannot be cast",
      {
        expression:
          "select patient_id, 'A'::text as gene, ('KANARIENVOGEL' || patient_id)::real as value from small.patients",
      },
      "connectors.query-refused",
      /SQLSTATE 22P02/,
    ],
  ])("is refused for %s", async (_, queries, code, message) => {
    const failure = await failureOfSite(session, queries);
    expect(failure.code).toBe(code);
    expect(failure.message).toMatch(message);
    const { parameters, cause, stack } = failure;
    expect(JSON.stringify({ message: failure.message, parameters, cause, stack })).not.toMatch(
      /kanarienvogel|anna|731-07/i,
    );
  });

  it.skipIf(skip)("stops de-identification where ids are identifiers", async () => {
    const patients = threePatients.patients.replaceAll(/'S(\d)'/g, "'731-07-123$1'");
    const extract = await readSite(session, { patients, mutations: `${threePatients.mutations} where false` });
    expect(extract.findings).toMatchObject([
      { column: "PATIENT_ID", class: "social security number", taken: true, count: 3 },
    ]);
    const record = deidentifyCohort(extract, { key: new Uint8Array(32), release: "test" });
    await expect(record).rejects.toMatchObject({ code: "deidentification.identifier-found" });
  });
});
