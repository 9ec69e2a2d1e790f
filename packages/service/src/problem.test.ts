import { catalogue, OsteonError, osteonError, type ErrorCode } from "@osteon/errors";
import { problemSchema } from "@osteon/contracts";
import { describe, expect, it } from "vitest";
import { problemOf } from "./problem.ts";
import { translateError } from "./translate-error.ts";

const id = "6f1c7a52-0f0b-4c57-9a7e-2f6f6f0f6a51";

describe("problemOf", () => {
  it("tells the client what the request's own errors say", () => {
    expect(problemOf(osteonError("service.body-too-large", { limitBytes: 10 }), id)).toEqual({
      type: "urn:osteon:problem:service.body-too-large",
      title: "Payload Too Large",
      status: 413,
      detail: "The body of the request is larger than 10 bytes. Send only the documented fields.",
      instance: `urn:uuid:${id}`,
      code: "service.body-too-large",
      retryable: false,
    });
  });

  it("keeps to itself every error of another area, and every internal one", () => {
    const codes = Object.keys(catalogue) as ErrorCode[];
    expect(codes.length).toBeGreaterThan(10);
    for (const code of codes) {
      const problem = problemSchema.parse(problemOf(new OsteonError(code, {}), id));
      const area = code.split(".")[0]!;
      const { category, status } = catalogue[code];
      const isOurs = area === "service" || area === "generator" || code === "audit.unwritable";
      const ours = isOurs && (status < 500 || category === "unavailable");
      expect([problem.code, problem.status]).toEqual(ours ? [code, status] : ["service.internal", 500]);
    }
  });

  it.each([new Error("CANARY"), "CANARY", undefined, osteonError("safetensors.malformed", { reason: "CANARY" })])(
    "is opaque for %s",
    (error) => {
      const problem = problemOf(error, id);
      expect(problem).toMatchObject({ status: 500, code: "service.internal" });
      expect(JSON.stringify(problem)).not.toContain("CANARY");
    },
  );
});

describe("translateError", () => {
  it.each([
    [Object.assign(new Error("CANARY"), { code: "FST_ERR_CTP_BODY_TOO_LARGE" }), "service.body-too-large"],
    [
      Object.assign(new Error("CANARY"), { code: "FST_ERR_CTP_INVALID_MEDIA_TYPE" }),
      "service.media-type-not-supported",
    ],
    [Object.assign(new Error("CANARY"), { code: "ERR_HTTP_REQUEST_TIMEOUT" }), "service.request-timeout"],
    [Object.assign(new SyntaxError("CANARY"), { statusCode: 400 }), "service.malformed-json"],
    [Object.assign(new Error("CANARY"), { statusCode: 414 }), "service.malformed-request"],
  ])("gives %s an entry of the catalogue", (error, code) => {
    const translated = translateError(error, 65_536);
    expect(translated).toMatchObject({ code });
    expect(String(translated)).not.toContain("CANARY");
  });

  it.each([
    new Error("x"),
    Object.assign(new Error("x"), { statusCode: 503 }),
    "text",
    osteonError("service.no-model", {}),
  ])("leaves %s as it is", (error) => {
    expect(translateError(error, 65_536)).toBe(error);
  });
});
