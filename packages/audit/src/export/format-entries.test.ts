import { writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { auditActions, type AuditEvent } from "../event/audit-event.ts";
import { everyEvent } from "../testing/every-event.ts";
import { linesOf, openTrail, someEvent, trailFolder } from "../testing/trail-folder.ts";
import { readEntries, type AuditEntry, type EntryFilter } from "../trail/read-entries.ts";
import { segmentPath } from "../trail/segment-files.ts";
import { dicomSystem, fhirActions, lifecycleSystem } from "./fhir-codes.ts";
import { formatEntries, type ExportFormat } from "./format-entries.ts";

async function entriesIn(directory: string, filter: EntryFilter = {}): Promise<AuditEntry[]> {
  return collect(readEntries({ directory, filter }));
}

async function* each<T>(values: readonly T[]): AsyncGenerator<T> {
  yield* values;
}

async function collect<T>(values: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const value of values) all.push(value);
  return all;
}

const exported = (entries: readonly AuditEntry[], format: ExportFormat) =>
  collect(formatEntries(each(entries), format));

/** One entry of every action. */
async function everyEntry(): Promise<AuditEntry[]> {
  const place = trailFolder();
  const trail = openTrail(place);
  for (const event of everyEvent) await trail.append(event);
  await trail.close();
  return entriesIn(place.directory);
}

describe("reading entries", () => {
  it("gives those of several writers in the order of their times", async () => {
    const place = trailFolder();
    let ms = Date.parse("2026-11-05T10:00:00Z");
    const now = () => new Date((ms += 1));
    const [one, two] = [openTrail(place, { now }), openTrail(place, { now })];
    for (let number = 1; number <= 10; number++) await (number % 3 === 0 ? one : two).append(someEvent(number));
    await one.close();
    await two.close();
    const three = openTrail(place, { now });
    await three.append(someEvent(11));
    await three.close();
    const numbers = (await entriesIn(place.directory)).map(({ event }) =>
      event.action === "model.added" ? Number(event.detail.model) : 0,
    );
    expect(numbers).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  });

  it("filters by action, principal and time", async () => {
    const place = trailFolder();
    let ms = Date.parse("2026-11-05T10:00:00Z");
    const trail = openTrail(place, { now: () => new Date((ms += 1_000)) });
    for (const event of everyEvent) await trail.append(event);
    await trail.close();
    const all = await entriesIn(place.directory);
    expect(all).toHaveLength(everyEvent.length);
    const actionsOf = async (filter: EntryFilter) =>
      (await entriesIn(place.directory, filter)).map(({ event }) => event.action);
    expect(await actionsOf({ actions: ["backup.made", "model.added"] })).toEqual(["model.added", "backup.made"]);
    expect(await actionsOf({ principal: "client:key-0123456789ab" })).toHaveLength(3);
    expect(await actionsOf({ since: all[2]!.at, until: all[4]!.at })).toEqual([
      all[2]!.event.action,
      all[3]!.event.action,
    ]);
  });

  it("leaves out a line that was altered, and says so", async () => {
    const place = trailFolder();
    const trail = openTrail(place);
    for (const number of [1, 2, 3]) await trail.append(someEvent(number));
    await trail.close();
    const lines = linesOf(place.directory, 1);
    writeFileSync(segmentPath(place.directory, 1), `${lines.with(2, lines[2]!.replace("ada", "eve")).join("\n")}\n`);
    const unreadable: number[][] = [];
    const entries = await collect(
      readEntries({ directory: place.directory, onUnreadable: (...where) => void unreadable.push(where) }),
    );
    expect(entries.map(({ line }) => line)).toEqual([2, 4]);
    expect(unreadable).toEqual([[1, 3]]);
    await expect(entriesIn(`${place.directory}/nowhere`)).rejects.toMatchObject({ code: "audit.missing" });
  });
});

/*
 * AuditEvent of FHIR 4.0.1 by its StructureDefinition (hl7.org/fhir/R4/auditevent.html): every element that there is,
 * with its cardinality; strict, so that an element that FHIR does not know fails.
 */
const text = z.string().regex(/\S/);
const code = z.string().regex(/^[^\s]+(?:\s[^\s]+)*$/);
const instant = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/);
const coding = z.strictObject({ system: z.url(), version: text.optional(), code, display: text.optional() });
const concept = z.strictObject({ coding: z.array(coding).min(1).optional(), text: text.optional() });
const reference = z.strictObject({ reference: text.optional(), type: text.optional(), display: text.optional() });
const fhirAuditEventSchema = z.strictObject({
  resourceType: z.literal("AuditEvent"),
  id: z.string().regex(/^[A-Za-z0-9\-.]{1,64}$/),
  type: coding,
  subtype: z.array(coding).min(1).optional(),
  action: z.enum(["C", "R", "U", "D", "E"]).optional(),
  period: z.strictObject({ start: instant.optional(), end: instant.optional() }).optional(),
  recorded: instant,
  outcome: z.enum(["0", "4", "8", "12"]).optional(),
  outcomeDesc: text.optional(),
  purposeOfEvent: z.array(concept).min(1).optional(),
  agent: z
    .array(
      z.strictObject({
        type: concept.optional(),
        role: z.array(concept).min(1).optional(),
        who: reference.optional(),
        altId: text.optional(),
        name: text.optional(),
        requestor: z.boolean(),
      }),
    )
    .min(1),
  source: z.strictObject({ site: text.optional(), observer: reference, type: z.array(coding).min(1).optional() }),
  entity: z
    .array(
      z
        .strictObject({
          what: reference.optional(),
          type: coding.optional(),
          role: coding.optional(),
          lifecycle: coding.optional(),
          securityLabel: z.array(coding).min(1).optional(),
          name: text.optional(),
          description: text.optional(),
          query: text.optional(),
          detail: z
            .array(z.strictObject({ type: text, valueString: text }))
            .min(1)
            .optional(),
        })
        // Constraint sev-1.
        .refine(({ name, query }) => name === undefined || query === undefined),
    )
    .min(1)
    .optional(),
});

/** The codes of the value sets audit-event-type and audit-event-sub-type of R4, as far as they are used here or near. */
const dicomTypes = Array.from({ length: 15 }, (_, number) => String(110_100 + number));
const dicomSubtypes = Array.from({ length: 23 }, (_, number) => String(110_120 + number));
const lifecycleCodes =
  "access hold amend archive attest decrypt deidentify deprecate destroy disclose encrypt extract link merge originate pseudonymize reactivate receive reidentify unhold report restore transform transmit unlink unmerge verify".split(
    " ",
  );

describe("an export", () => {
  it("in FHIR is an AuditEvent of R4 for every action, in the code systems that R4 names", async () => {
    const entries = await everyEntry();
    const lines = await exported(entries, "fhir");
    expect(lines).toHaveLength(everyEvent.length);
    const events = lines.map((line) => fhirAuditEventSchema.parse(JSON.parse(line)));
    for (const { type, subtype = [] } of events) {
      expect(type.system === dicomSystem ? dicomTypes : lifecycleCodes).toContain(type.code);
      expect([dicomSystem, lifecycleSystem]).toContain(type.system);
      for (const one of subtype) expect([one.system, dicomSubtypes.includes(one.code)]).toEqual([dicomSystem, true]);
    }
    expect(Object.keys(fhirActions)).toEqual(auditActions);
    expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
    const promoted = events[auditActions.indexOf("model.promoted")]!;
    expect(promoted).toMatchObject({
      type: { code: "110113" },
      subtype: [{ code: "110131" }],
      outcome: "0",
      agent: [{ altId: "user:ada", requestor: true }],
    });
    expect(promoted.entity![0]!.detail).toContainEqual({
      type: "reason",
      valueString: 'asked for by the "board", 3 of 4',
    });
    const [refused, broken] = (["patients.refused", "backup.restored"] as const).map(
      (action) => events[auditActions.indexOf(action)]!,
    );
    expect([refused!.outcome, broken!.outcome]).toEqual(["4", "8"]);
  });

  it("says of an attempt that its outcome is not known", async () => {
    const [entry] = await everyEntry();
    const event = { ...entry!.event, outcome: "attempted" } as AuditEvent;
    const [line] = await exported([{ ...entry!, event }], "fhir");
    const { outcome, outcomeDesc } = fhirAuditEventSchema.parse(JSON.parse(line!));
    expect([outcome, outcomeDesc]).toEqual([undefined, "attempted"]);
  });

  it("in JSON has the entries whole, one a line", async () => {
    const entries = await everyEntry();
    expect((await exported(entries, "json")).map((line) => JSON.parse(line) as unknown)).toEqual(entries);
  });

  it("in CSV has a cell for each part, quoted as RFC 4180 says, none that a spreadsheet would compute", async () => {
    const entries = await everyEntry();
    const [header, ...rows] = await exported(entries, "csv");
    expect(header).toBe("segment,line,at,action,outcome,principal,operation,errorCode,detail,hash\r\n");
    expect(rows).toHaveLength(entries.length);
    const promoted = rows[auditActions.indexOf("model.promoted")]!;
    expect(promoted).toContain(String.raw`""reason"":""asked for by the \""board\"", 3 of 4""`);
    for (const row of rows) expect(row).not.toMatch(/(?:^|,)"?[=+@-]/);
  });
});
