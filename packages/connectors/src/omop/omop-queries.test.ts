import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { SqlSession } from "../database/driver/sql-session.ts";
import { drivers, type TestDatabase } from "../database/testing/databases.ts";
import { conceptSets } from "./concept-sets.ts";
import { canary, fixtureConcepts as f, OmopDatabase } from "./omop-fixture.ts";
import { renderOmopQueries, type OmopSettings } from "./omop-queries.ts";

const settings: OmopSettings = {
  schema: "cdm",
  vocabularySchema: "vocabulary",
  metastasisWindowDays: 60,
  unrecordedMetastasis: "unknown",
};

let session: SqlSession;
let omop: OmopDatabase;

type Row = Record<string, string | null>;

async function query(name: "patients" | "mutations" | "remarks", changes: Partial<OmopSettings> = {}): Promise<Row[]> {
  const statement = (await renderOmopQueries({ ...settings, ...changes }))[name];
  const columns = await session.describe(statement);
  const rows = await session.run(statement);
  return rows.map((row) => Object.fromEntries(columns.map((column, i) => [column.name, row[i]!])));
}

async function remarks(changes: Partial<OmopSettings> = {}): Promise<Record<string, number>> {
  const rows = await query("remarks", changes);
  return Object.fromEntries(rows.map(({ remark, patients }) => [remark!, Number(patients)]));
}

let lastPerson = 0;

/** A girl of 15.0 years at diagnosis on 1 March 2015, seen last two years later. */
async function addPatient(changes: Record<string, string | number | null> = {}): Promise<number> {
  const person_id = ++lastPerson;
  const birth = { year_of_birth: 2000, month_of_birth: 3, day_of_birth: 1, gender_concept_id: 8532 };
  await omop.insert("person", { person_id, ...birth, ...changes });
  return person_id;
}

async function diagnose(person_id: number, day = "2015-03-01", concept: number = f.osteosarcomaOfBone, more = {}) {
  const row = { person_id, condition_concept_id: concept, condition_start_date: day, ...more };
  return omop.insert("condition_occurrence", row);
}

async function observe(person_id: number, until = "2017-03-01") {
  await omop.insert("observation_period", { person_id, observation_period_end_date: until });
}

async function measure(person_id: number, concept: number, day: string, more = {}) {
  await omop.insert("measurement", { person_id, measurement_concept_id: concept, measurement_date: day, ...more });
}

async function addFollowedPatient(changes: Record<string, string | number | null> = {}): Promise<number> {
  const person = await addPatient(changes);
  await diagnose(person);
  await observe(person);
  return person;
}

/** A column of the patients, by person. */
async function columnOf(name: string): Promise<ReadonlyMap<number, string | null>> {
  return new Map((await query("patients")).map((row) => [Number(row["PATIENT_ID"]), row[name]!]));
}

const patientOf = async (person: number, changes: Partial<OmopSettings> = {}): Promise<Row | undefined> =>
  (await query("patients", changes)).find((row) => row["PATIENT_ID"] === String(person));

describe.each(drivers)("on $driver", ({ skip, start }) => {
  let database: TestDatabase;
  beforeAll(async () => {
    if (skip) return;
    database = await start();
    session = await database.open();
    omop = await OmopDatabase.create(session);
  });
  // Every test leaves the database as it was.
  beforeEach(async ({ skip: leaveOut }) => {
    leaveOut(skip, "no PostgreSQL server here");
    await session.run("BEGIN");
  });
  afterEach(async () => void (await session?.run("ROLLBACK")));
  afterAll(async () => {
    await session?.close();
    database?.stop();
  });

  describe("who is taken", () => {
    it("gives a patient the columns of the clinical contract, and nothing else", async () => {
      const person = await addFollowedPatient();
      expect(await patientOf(person)).toEqual({
        PATIENT_ID: String(person),
        SEX: "female",
        AGE: "15.0",
        OS_STATUS: "0",
        // 731 days.
        OS_MONTHS: "24.016",
        METASTATIC_AT_DIAGNOSIS: null,
        PERCENT_NECROSIS: null,
      });
    });

    it("takes the disease by its descendants and by ICD-O-3 of bone, and no other tumour", async () => {
      const femur = await addPatient();
      await diagnose(femur, "2015-03-01", f.osteosarcomaOfFemur);
      const standard = await addPatient();
      await diagnose(standard, "2015-03-01", f.icdo3OfTibia);
      const bySource = await addPatient();
      await diagnose(bySource, "2015-03-01", f.malignantTumourOfBone, { condition_source_concept_id: f.icdo3OfTibia });
      const others = [f.ewingSarcoma, f.malignantTumourOfBone, f.icdo3OfSoftTissue, 0];
      for (const concept of others) await diagnose(await addPatient(), "2015-03-01", concept);
      await addPatient();
      const suspected = await addPatient();
      await diagnose(suspected, "2015-03-01", f.osteosarcomaOfBone, { condition_status_concept_id: 32899 });
      const taken = (await query("patients")).map((row) => row["PATIENT_ID"]);
      expect(taken).toEqual([femur, standard, bySource].map(String));
    });

    it("takes the site's own concepts in place of the codes", async () => {
      await addFollowedPatient();
      const person = await addPatient();
      await diagnose(person, "2015-03-01", f.ewingSarcoma);
      const rows = await query("patients", { concepts: { osteosarcoma: [f.ewingSarcoma] } });
      expect(rows.map((row) => row["PATIENT_ID"])).toEqual([String(person)]);
    });
  });

  describe("day 0", () => {
    it("is the first of several diagnoses, whatever the relapse is coded as", async () => {
      const person = await addFollowedPatient();
      await diagnose(person, "2016-01-01", f.osteosarcomaOfFemur);
      await omop.insert("episode", {
        person_id: person,
        episode_concept_id: 32529,
        episode_object_concept_id: f.osteosarcomaOfBone,
        episode_start_date: "2016-01-01",
      });
      expect(await patientOf(person)).toMatchObject({ OS_MONTHS: "24.016", AGE: "15.0" });
      expect(await query("patients")).toHaveLength(1);
    });

    it("is an earlier episode of first occurrence that is linked to the diagnosis, and no other tumour's", async () => {
      const person = await addPatient();
      await observe(person);
      const condition = await diagnose(person);
      const episode = {
        person_id: person,
        episode_concept_id: 32528,
        episode_object_concept_id: f.malignantTumourOfBone,
      };
      const linked = await omop.insert("episode", { ...episode, episode_start_date: "2015-02-01" });
      await omop.insert("episode_event", {
        episode_id: linked,
        event_id: condition,
        episode_event_field_concept_id: 1147127,
      });
      await omop.insert("episode", { ...episode, episode_start_date: "2002-01-01" });
      // 759 days.
      expect(await patientOf(person)).toMatchObject({ OS_MONTHS: "24.936" });
    });

    it("is unknown where a relapse is the first that is known", async () => {
      const person = await addFollowedPatient();
      await omop.insert("episode", {
        person_id: person,
        episode_concept_id: 32529,
        episode_object_concept_id: f.osteosarcomaOfBone,
        episode_start_date: "2015-03-01",
      });
      await measure(person, f.metastasisToLung, "2015-03-01");
      expect(await patientOf(person, { unrecordedMetastasis: "no" })).toMatchObject({
        AGE: null,
        OS_STATUS: "0",
        OS_MONTHS: null,
        METASTATIC_AT_DIAGNOSIS: null,
      });
      expect(await remarks()).toEqual({ "a relapse is the first that is known: day of diagnosis unknown": 1 });
    });
  });

  describe("survival", () => {
    it("ends with death, not with a later visit, and takes the first of several rows", async () => {
      const person = await addFollowedPatient();
      await omop.insert("death", { person_id: person, death_date: "2016-03-01" });
      await omop.insert("death", { person_id: person, death_date: "2016-03-05" });
      // 366 days.
      expect(await patientOf(person)).toMatchObject({ OS_STATUS: "1", OS_MONTHS: "12.025" });
    });

    it("is 0 days where a patient died on the day of diagnosis", async () => {
      const person = await addFollowedPatient();
      await omop.insert("death", { person_id: person, death_date: "2015-03-01" });
      expect(await patientOf(person)).toMatchObject({ OS_STATUS: "1", OS_MONTHS: "0.000" });
    });

    it("is unknown and said where a death cannot be dated", async () => {
      for (const death_date of ["2015-02-28", null, "9999-12-31"]) {
        await omop.insert("death", { person_id: await addFollowedPatient(), death_date });
      }
      for (const row of await query("patients")) expect(row).toMatchObject({ OS_STATUS: "1", OS_MONTHS: null });
      expect(await remarks()).toMatchObject({
        "death before diagnosis: survival unknown": 1,
        "death without a date: survival unknown": 1,
        "followed for more than a hundred years: survival unknown": 1,
      });
    });

    it("ends with the last visit where that is later or the only contact", async () => {
      const person = await addPatient();
      await diagnose(person);
      await omop.insert("visit_occurrence", { person_id: person, visit_end_date: "2015-03-31" });
      expect(await patientOf(person)).toMatchObject({ OS_STATUS: "0", OS_MONTHS: "0.986" });
      await observe(person, "2015-03-11");
      expect(await patientOf(person)).toMatchObject({ OS_MONTHS: "0.986" });
    });

    it("is unknown without any contact, and before diagnosis", async () => {
      const unseen = await addPatient();
      await diagnose(unseen);
      const gone = await addPatient();
      await diagnose(gone);
      await observe(gone, "2014-12-31");
      for (const person of [unseen, gone]) expect(await patientOf(person)).toMatchObject({ OS_MONTHS: null });
      expect(await remarks()).toMatchObject({
        "no observation period and no visit: survival unknown": 1,
        "last contact before diagnosis: survival unknown": 1,
      });
    });

    it("does not reach beyond the day of the extract", async () => {
      const person = await addPatient();
      await diagnose(person);
      await observe(person, "2099-12-31");
      await omop.insert("cdm_source", { source_release_date: "2017-03-01" });
      expect(await patientOf(person)).toMatchObject({ OS_MONTHS: "24.016" });
    });
  });

  describe("age and sex", () => {
    const ages: readonly (readonly [string, Record<string, string | number | null>, string | null])[] = [
      ["a birthday in the middle of the month where the day is not known", { day_of_birth: null }, "15.0"],
      ["in the middle of the year where the month is not known", { month_of_birth: null, day_of_birth: null }, "14.7"],
      [
        "as the moment of birth says",
        { month_of_birth: null, day_of_birth: null, birth_datetime: "1999-12-01" },
        "15.2",
      ],
      ["a day that the calendar does not have", { month_of_birth: 2, day_of_birth: 31 }, "15.0"],
      ["pooled over 89", { year_of_birth: 1925 }, ">89"],
      ["89 as it is", { year_of_birth: 1926 }, "89.0"],
      ["not after diagnosis", { year_of_birth: 2016 }, null],
      ["not of a placeholder", { year_of_birth: 1850 }, null],
      ["not of year 0", { year_of_birth: 0 }, null],
      [
        "0 in the year of birth where nothing else is known",
        { year_of_birth: 2015, month_of_birth: null, day_of_birth: null },
        "0.0",
      ],
    ];

    it("reads the age", async () => {
      const persons = new Map<string, number>();
      for (const [what, birth] of ages) persons.set(what, await addFollowedPatient(birth));
      const read = await columnOf("AGE");
      for (const [what, , age] of ages) expect(read.get(persons.get(what)!), what).toBe(age);
    });

    it("reads the sex, which other genders do not tell", async () => {
      const genders = [8507, 8532, 8551, 0];
      for (const gender_concept_id of genders) await addFollowedPatient({ gender_concept_id });
      expect([...(await columnOf("SEX")).values()]).toEqual(["male", "female", null, null]);
    });

    it("says where the age is not known or less exact", async () => {
      await addFollowedPatient({ year_of_birth: 2016 });
      await addFollowedPatient({ month_of_birth: null, day_of_birth: null });
      expect(await remarks()).toMatchObject({
        "birth after diagnosis or impossibly long before: age unknown": 1,
        "birthday known by its year alone: age to half a year": 1,
      });
    });
  });

  describe("metastasis at diagnosis", () => {
    const tumourCategory = f.tumourCategory;
    const statements: readonly (readonly [string, number, string, object, string | null])[] = [
      ["a measurement of spread", f.metastasisToLung, "2015-03-01", {}, "yes"],
      ["one that is said to be present", 36769180, "2015-03-10", { value_as_concept_id: 4181412 }, "yes"],
      ["one that is said to be absent", 36769180, "2015-03-10", { value_as_concept_id: 4132135 }, "no"],
      ["one with a value that is no answer", 36769180, "2015-03-10", { value_as_concept_id: 45877986 }, null],
      ["an M1a", f.m1a, "2015-03-01", {}, "yes"],
      ["an M0", f.m0Category, "2015-03-01", {}, "no"],
      ["an M0 that is not so", f.m0Category, "2015-03-01", { value_as_concept_id: 4132135 }, null],
      ["an M1 as the value of the category", tumourCategory, "2015-03-01", { value_as_concept_id: f.m1a }, "yes"],
      ["an M0 as the value of the category", tumourCategory, "2015-03-01", { value_as_concept_id: f.m0Category }, "no"],
      ["a stage 2", f.stage2, "2015-03-01", {}, "no"],
      ["the last day of the window", f.metastasisToLung, "2015-04-30", {}, "yes"],
      ["the day after it", f.metastasisToLung, "2015-05-01", {}, null],
      ["the first day of the window", f.metastasisToLung, "2014-12-31", {}, "yes"],
      ["the day before it", f.metastasisToLung, "2014-12-30", {}, null],
      [
        "a modifier of another record",
        f.metastasisToLung,
        "2015-03-01",
        { meas_event_field_concept_id: 1147127, measurement_event_id: 99_999_999 },
        null,
      ],
    ];

    it("reads measurements in the window", async () => {
      const persons = new Map<string, number>();
      for (const [what, concept, day, more] of statements) {
        const person = await addFollowedPatient();
        await measure(person, concept, day, more);
        persons.set(what, person);
      }
      const read = await columnOf("METASTATIC_AT_DIAGNOSIS");
      for (const [what, , , , expected] of statements) expect(read.get(persons.get(what)!), what).toBe(expected);
    });

    it("takes a modifier of the diagnosis itself", async () => {
      const person = await addPatient();
      const condition = await diagnose(person);
      const link = { meas_event_field_concept_id: 1147127, measurement_event_id: condition };
      await measure(person, f.metastasisToLung, "2015-03-01", link);
      expect(await patientOf(person)).toMatchObject({ METASTATIC_AT_DIAGNOSIS: "yes" });
    });

    it("reads conditions and episodes of spread", async () => {
      const byCondition = await addFollowedPatient();
      await diagnose(byCondition, "2015-03-05", f.secondaryOfLung);
      const suspected = await addFollowedPatient();
      await diagnose(suspected, "2015-03-05", f.secondaryOfLung, { condition_status_concept_id: 32899 });
      const episodes = [
        [32944, "yes"],
        [32942, "no"],
        [32943, "no"],
      ] as const;
      for (const [episode_concept_id, expected] of episodes) {
        const person = await addFollowedPatient();
        await omop.insert("episode", {
          person_id: person,
          episode_concept_id,
          episode_object_concept_id: f.osteosarcomaOfFemur,
          episode_start_date: "2015-03-01",
        });
        expect(await patientOf(person)).toMatchObject({ METASTATIC_AT_DIAGNOSIS: expected });
      }
      expect(await patientOf(byCondition)).toMatchObject({ METASTATIC_AT_DIAGNOSIS: "yes" });
      expect(await patientOf(suspected)).toMatchObject({ METASTATIC_AT_DIAGNOSIS: null });
    });

    it("lets spread outweigh its absence, and does not count what came later", async () => {
      const person = await addFollowedPatient();
      await measure(person, f.m0Category, "2015-03-01");
      await measure(person, f.metastasisToLung, "2016-03-01");
      expect(await patientOf(person)).toMatchObject({ METASTATIC_AT_DIAGNOSIS: "no" });
      expect(await remarks()).toEqual({ "metastasis later than at diagnosis: not counted": 1 });
      await measure(person, f.m1a, "2015-03-20");
      expect(await patientOf(person)).toMatchObject({ METASTATIC_AT_DIAGNOSIS: "yes" });
      expect(await remarks()).toEqual({});
    });

    it("is what the site says where nothing is stated", async () => {
      const person = await addFollowedPatient();
      expect(await remarks()).toEqual({ "no statement on metastasis at diagnosis: unknown": 1 });
      const changes = { unrecordedMetastasis: "no" } as const;
      expect(await patientOf(person, changes)).toMatchObject({ METASTATIC_AT_DIAGNOSIS: "no" });
      expect(await remarks(changes)).toEqual({ "no statement on metastasis at diagnosis: no": 1 });
    });
  });

  describe("necrosis", () => {
    it("is the first after diagnosis that is a percentage", async () => {
      const person = await addFollowedPatient();
      await measure(person, f.necrosis, "2015-02-01", { value_as_number: 5 });
      await measure(person, f.necrosis, "2015-06-01", { value_as_number: 998 });
      await measure(person, f.necrosis, "2015-06-02", { value_as_number: 92.5 });
      await measure(person, f.necrosis, "2016-06-02", { value_as_number: 10 });
      expect(await patientOf(person)).toMatchObject({ PERCENT_NECROSIS: "92.5" });
      const concepts = { necrosis: [f.tumourCategory] };
      expect(await patientOf(person, { concepts })).toMatchObject({ PERCENT_NECROSIS: null });
    });
  });

  describe("mutations", () => {
    it("are the variants that a test found, by what is stated of the protein", async () => {
      const person = await addFollowedPatient();
      await measure(person, f.proteinChange, "2015-03-01", { value_as_concept_id: 9191 });
      await measure(person, f.silentChange, "2015-03-01");
      await omop.insert("observation", { person_id: person, observation_concept_id: f.dnaChange });
      const negative = await addFollowedPatient();
      await measure(negative, f.proteinChange, "2015-03-01", { value_as_concept_id: 9189 });
      const healthy = await addPatient();
      await measure(healthy, f.proteinChange, "2015-03-01");
      const call = (Hugo_Symbol: string, Variant_Classification: string) => ({
        Hugo_Symbol,
        Variant_Classification,
        Tumor_Sample_Barcode: String(person),
      });
      expect(await query("mutations")).toEqual([
        call("ATRX", "Could_Not_Determine"),
        call("RB1", "Silent"),
        call("TP53", "Missense_Mutation"),
      ]);
    });

    const changes: readonly (readonly [change: string, classification: string])[] = [
      ["p.Arg213Ter", "Nonsense_Mutation"],
      ["p.(R213*)", "Nonsense_Mutation"],
      ["p.Pro152ArgfsTer14", "Frame_Shift_Del"],
      ["p.Met1?", "Translation_Start_Site"],
      ["p.Met133Lys", "Missense_Mutation"],
      ["p.Ter394CysextTer", "Nonstop_Mutation"],
      ["p.Ile255del", "In_Frame_Del"],
      ["p.Val157_Arg158insLeu", "In_Frame_Ins"],
      ["p.Gly245Ser", "Missense_Mutation"],
      ["unnamed", "Could_Not_Determine"],
    ];

    it("tell a change by its notation", async () => {
      const person = await addFollowedPatient();
      for (const [i, [change]] of changes.entries()) {
        await measure(person, await omop.addProteinChange(`GENE${i}`, change), "2015-03-01");
      }
      const rows = await query("mutations");
      const read = new Map(rows.map((row) => [row["Hugo_Symbol"], row["Variant_Classification"]]));
      changes.forEach(([change, classification], i) => expect(read.get(`GENE${i}`), change).toBe(classification));
    });
  });

  describe("what leaves the database", () => {
    it("holds no date, and nothing of a free or source field", async () => {
      const person = await addFollowedPatient();
      await omop.insert("death", { person_id: person, death_date: "2016-03-01" });
      await omop.insert("visit_occurrence", { person_id: person });
      await measure(person, f.metastasisToLung, "2015-03-01");
      await measure(person, f.necrosis, "2015-06-02", { value_as_number: 92.5 });
      await measure(person, f.proteinChange, "2015-03-01");
      const everything = JSON.stringify([await query("patients"), await query("mutations"), await query("remarks")]);
      expect(everything).not.toContain(canary.slice(0, 6));
      expect(everything).not.toMatch(/\d{4}-\d{2}-\d{2}|\b(?:19|20)\d{2}\b/);
    });

    it("names no column that could hold free text", async () => {
      const queries = Object.values(await renderOmopQueries(settings)).join("\n");
      expect(queries).not.toMatch(/source_value|value_as_string|\bnote|location|care_site|provider|stop_reason/);
    });
  });
});

it("finds its tables under any name of a schema, which cannot be more than a name", async () => {
  const { patients } = await renderOmopQueries({ ...settings, schema: 'Hôpital "2"; DROP TABLE x' });
  expect(patients).toContain('FROM "Hôpital ""2""; DROP TABLE x".condition_occurrence');
});

it("uses every set of concepts", async () => {
  for (const name of Object.keys(conceptSets)) {
    const queries = await renderOmopQueries({ ...settings, concepts: { [name]: [987_654_321] } });
    expect(Object.values(queries).join("\n"), name).toContain("987654321");
  }
});
