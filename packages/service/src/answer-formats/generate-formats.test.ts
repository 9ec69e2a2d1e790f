import { request as httpRequest } from "node:http";
import type { AddressInfo } from "node:net";
import { patientListAnswerSchema, problemSchema, syntheticPatientNotice } from "@osteon/contracts";
import { afterEach, describe, expect, it } from "vitest";
import { createSimulatedSynthesiser } from "../testing/simulated-synthesiser.ts";
import { flattenPatient, readCsv, readParquet } from "../testing/read-answers.ts";
import { startTestService, testToken, type TestService } from "../testing/test-service.ts";
import { answerFormats, type AnswerFormat } from "./answer-format.ts";

let service: TestService | undefined;

afterEach(async () => {
  await service?.app.close();
  service = undefined;
});

function start(...options: Parameters<typeof startTestService>): TestService {
  service = startTestService(...options);
  return service;
}

const formats = Object.keys(answerFormats) as AnswerFormat[];
const acceptOf = (format: AnswerFormat) => ({ accept: answerFormats[format].mediaType });

describe("POST /generate with an Accept header", () => {
  it.each(formats)("answers in %s, and says in the headers where the patients come from", async (format) => {
    const { generate } = start();
    for (const count of [1, 20]) {
      const answer = await generate({ seed: 5, count }, acceptOf(format));
      expect(answer.statusCode).toBe(200);
      expect(answer.headers).toMatchObject({
        "content-type": answerFormats[format].contentType,
        vary: "Accept",
        "x-osteon-simulated": "true",
        "x-osteon-notice": syntheticPatientNotice,
        "x-osteon-model-version": "simulated-model-for-tests",
        "x-osteon-seed": "5",
        "x-osteon-trained-on-simulated-patients": "true",
        "x-osteon-expression-unit": "log2(TPM+1)",
      });
    }
  });

  it("gives the same patients in all of them, and whatever is chosen of them", async () => {
    const { generate } = start({ patientsPerTurn: 3 });
    const body = { seed: 6, count: 8, event_occurred: 1 };
    const ask = (format: AnswerFormat, query = "") => generate(body, acceptOf(format), query);
    const { patients } = patientListAnswerSchema.parse((await ask("json")).json());
    const expected = patients.map(({ expression, clinical }) => ({ expression: expression["GENE3"], ...clinical }));
    for (const query of ["", "?genes=GENE3", "?genes=GENE3&parts=expression", "?parts=expression,mutations"]) {
      const csv = readCsv((await ask("csv", query)).body);
      const parquet = await readParquet((await ask("parquet", query)).rawPayload);
      const lines = (await ask("ndjson", query)).body.trimEnd().split("\n");
      const list = patientListAnswerSchema.parse((await ask("json", query)).json());
      const jsonRows = list.patients.map((patient) => flattenPatient(patient));
      const lineRows = lines.map((line) => flattenPatient(JSON.parse(line) as Record<string, unknown>));
      for (const rows of [csv, parquet.rows, jsonRows, lineRows]) {
        const found = rows.map((row) => ({
          expression: Math.round(Number(row["expression.GENE3"]) * 10_000) / 10_000,
          survival_days: Number(row["clinical.survival_days"]),
          event_occurred: Number(row["clinical.event_occurred"]),
          age_years: Number(row["clinical.age_years"]),
          metastasis: Number(row["clinical.metastasis"]),
        }));
        expect(found).toEqual(expected);
      }
    }
  });

  it("refuses what it cannot give, with the list of what it can", async () => {
    const { generate } = start();
    const answer = await generate({}, { accept: "application/xml, text/html;q=0.3" });
    expect(answer.statusCode).toBe(406);
    expect(answer.headers["content-type"]).toContain("application/problem+json");
    const problem = problemSchema.parse(answer.json());
    expect(problem.code).toBe("service.not-acceptable");
    for (const { mediaType } of Object.values(answerFormats)) expect(problem.detail).toContain(mediaType);
  });

  it.each(formats)("answers a model that fails with a problem in %s too", async (format) => {
    const { generate } = start({
      synthesiser: {
        ...createSimulatedSynthesiser(),
        generate(request) {
          if (request.count > 0) throw new Error("CANARY");
          return createSimulatedSynthesiser().generate(request);
        },
      },
    });
    const answer = await generate({ count: 20 }, acceptOf(format));
    expect(answer.statusCode).toBe(500);
    expect(answer.headers).not.toHaveProperty("x-osteon-seed");
    expect(problemSchema.parse(answer.json()).code).toBe("service.internal");
  });

  it.each(formats)("stops generating for a client that went away, in %s", async (format) => {
    let generated = 0;
    const inner = createSimulatedSynthesiser({ expressionGenes: 2000 });
    const { app, events } = start({
      patientsPerTurn: 1,
      synthesiser: {
        ...inner,
        generate(request) {
          generated += request.count;
          return inner.generate(request);
        },
      },
    });
    await app.listen({ host: "127.0.0.1", port: 0 });
    const client = httpRequest({
      port: (app.server.address() as AddressInfo).port,
      method: "POST",
      path: "/generate",
      headers: { authorization: `Bearer ${testToken}`, "content-type": "application/json", ...acceptOf(format) },
    });
    client.on("error", () => undefined);
    // A format in one piece sends nothing before its end.
    if (answerFormats[format].inPieces) {
      client.on("response", (response) => response.once("data", () => client.destroy()));
    } else {
      void expect
        .poll(() => generated)
        .toBeGreaterThan(3)
        .then(() => client.destroy());
    }
    client.end(JSON.stringify({ count: 1000 }));
    await expect.poll(() => events).toHaveLength(1);
    expect(events[0]).toMatchObject({ completed: false });
    const atTheEnd = generated;
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(generated).toBeLessThan(1000);
    expect(generated).toBeLessThanOrEqual(atTheEnd + 1);
  });

  it("waits for a client that reads slowly, and does not pile the answer up", async () => {
    let generated = 0;
    const inner = createSimulatedSynthesiser({ expressionGenes: 5000 });
    const { app } = start({
      patientsPerTurn: 1,
      synthesiser: {
        ...inner,
        generate(request) {
          generated += request.count;
          return inner.generate(request);
        },
      },
    });
    const address = await app.listen({ host: "127.0.0.1", port: 0 });
    const answer = await fetch(`${address}/generate`, {
      method: "POST",
      headers: { authorization: `Bearer ${testToken}`, "content-type": "application/json", ...acceptOf("ndjson") },
      body: JSON.stringify({ count: 1000 }),
    });
    // Until the sockets' and the streams' buffers are full, and then no more: 1,000 patients are 90 MB.
    let before = -1;
    await expect
      .poll(
        () => {
          const stands = generated === before;
          before = generated;
          return stands;
        },
        { interval: 200, timeout: 20_000 },
      )
      .toBe(true);
    expect(generated).toBeLessThan(500);
    await answer.body!.cancel();
  });
});

describe("POST /generate with a query", () => {
  it.each([
    ["?genes=", "genes", "not of the documented form"],
    ["?genes=GENE1,,GENE2", "genes", "not of the documented form"],
    [`?genes=${Array.from({ length: 501 }, () => "A").join(",")}`, "genes", "not of the documented form"],
    [`?pathways=${Array.from({ length: 101 }, () => "A").join(",")}`, "pathways", "not of the documented form"],
    [`?genes=${"A".repeat(65)}`, "genes", "not of the documented form"],
    ["?genes=GENE1&genes=GENE2", "genes", "not of the right type"],
    ["?parts=clinical,CANARY", "parts", "not of the documented form"],
    ["?gene=CANARY", "(unknown)", "1 field has a name that is not known"],
    ["?genes=GENE1,CANARY", "genes", "name 2 is in no part that the answer carries"],
    ["?genes=GENE1&parts=clinical", "genes", "name 1 is in no part that the answer carries"],
    ["?pathways=CANARY", "pathways", "name 1 is in no part that the answer carries"],
  ])("answers 422 to %.40s", async (query, field, problem) => {
    const answer = await start().generate({}, {}, query);
    expect(answer.statusCode).toBe(422);
    const { code, errors } = problemSchema.parse(answer.json());
    expect(code).toBe("service.invalid-request");
    expect(errors!.map((error) => [error.field, error.problem.split("; near")[0]])).toEqual([[field, problem]]);
    expect(answer.body).not.toContain("CANARY");
  });

  it("names the nearest genes of the model, whatever the case, and the list of all", async () => {
    const answer = await start().generate({}, {}, "?genes=gene3");
    const [error] = problemSchema.parse(answer.json()).errors!;
    expect(error).toEqual({
      field: "genes",
      allowed: "1 to 500 names of genes, joined by commas; GET /models/current lists them",
      problem: expect.stringMatching(/^name 1 is in no part that the answer carries; near to it: GENE3, /),
    });
  });

  it("makes the answer as small as what was chosen", async () => {
    const { generate } = start({ synthesiser: createSimulatedSynthesiser({ expressionGenes: 5000 }) });
    const whole = await generate({ seed: 1 });
    const chosen = await generate({ seed: 1 }, {}, "?genes=GENE4711&parts=expression");
    expect(whole.rawPayload.length).toBeGreaterThan(50_000);
    expect(chosen.rawPayload.length).toBeLessThan(600);
    const { expression, ...rest } = chosen.json<{ expression: object }>();
    expect(Object.keys(expression)).toEqual(["GENE4711"]);
    expect(rest).toMatchObject({ mutations: {}, copy_number: {}, pathways: {}, clinical: { event_occurred: 0 } });
  });
});
