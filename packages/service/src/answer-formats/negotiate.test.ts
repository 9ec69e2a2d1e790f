import { describe, expect, it } from "vitest";
import { mediaTypesOfFormats } from "./answer-format.ts";
import { negotiate } from "./negotiate.ts";

const choose = (accept: string | undefined) => negotiate(accept, mediaTypesOfFormats);

describe("negotiate", () => {
  it.each([
    [undefined, "json"],
    ["", "json"],
    ["  ", "json"],
    ["*/*", "json"],
    ["application/*", "json"],
    ["text/*", "csv"],
    ["application/json", "json"],
    ["APPLICATION/JSON", "json"],
    ["application/json; charset=utf-8", "json"],
    ["text/csv;charset=UTF-8", "csv"],
    ["application/x-ndjson", "ndjson"],
    ["application/vnd.apache.parquet", "parquet"],
    ["application/json, text/csv", "json"],
    ["text/csv, application/json", "csv"],
    ["application/json;q=0.1, text/csv;q=0.2, application/x-ndjson;q=0.9", "ndjson"],
    ["application/json;q=0, */*", "ndjson"],
    ["text/html, application/xhtml+xml, */*;q=0.8", "json"],
    ["image/png, text/csv;q=0.001", "csv"],
    ["application/json, text/plain, */*", "json"],
  ])("answers %j with %s", (accept, format) => {
    expect(choose(accept)).toBe(format);
  });

  it.each([
    "text/html",
    "application/json;q=0",
    "*/*;q=0",
    "application/json;charset=latin1",
    "nonsense",
    ",",
    "CANARY/x",
  ])("refuses %j and says what there is", (accept) => {
    expect(() => choose(accept)).toThrow(
      expect.objectContaining({
        code: "service.not-acceptable",
        parameters: { offered: "application/json, application/x-ndjson, text/csv, application/vnd.apache.parquet" },
      }),
    );
  });
});
