import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, it } from "vitest";
import { finishedRequest } from "../testing/finished-request.ts";
import { createTraceWriter, type TraceOptions } from "./trace-writer.ts";

interface Span {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly status: { readonly code: number };
  readonly attributes: readonly { readonly key: string; readonly value: Readonly<Record<string, unknown>> }[];
}
interface Sent {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: Span["attributes"] };
    readonly scopeSpans: readonly { readonly spans: readonly Span[] }[];
  }[];
}

let server: Server | undefined;
afterEach(() => void server?.close());

/** A collector that keeps what it is sent. */
async function startCollector(): Promise<{ endpoint: string; bodies: string[] }> {
  const bodies: string[] = [];
  server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (text: string) => (body += text));
    request.once("end", () => {
      bodies.push(body);
      response.writeHead(200, { "content-type": "application/json" }).end("{}");
    });
  });
  await new Promise<void>((resolve) => server!.listen(0, "127.0.0.1", resolve));
  return { endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/traces`, bodies };
}

async function send(
  work: (writer: Awaited<ReturnType<typeof createTraceWriter>>) => void,
  options: Partial<TraceOptions> = {},
) {
  const { endpoint, bodies } = await startCollector();
  const writer = await createTraceWriter({
    endpoint,
    trustIncoming: false,
    sampledShare: 1,
    osteonVersion: "0.1.0",
    ...options,
  });
  work(writer);
  await writer.close();
  const sent = bodies.flatMap((body) => (JSON.parse(body) as Sent).resourceSpans);
  const spans = sent.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans));
  return { spans, resource: sent[0]?.resource.attributes ?? [], text: bodies.join("\n") };
}

const attributesOf = ({ attributes }: Pick<Span, "attributes">) =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));
const parent = { traceId: "4bf92f3577b34da6a3ce929d0e0e4736", spanId: "00f067aa0ba902b7" };
const traceParent = `00-${parent.traceId}-${parent.spanId}-01`;

it("sends a span of the request with what the log tells, and one of generating in it", async () => {
  const { spans, resource } = await send((writer) => writer.recordRequest(finishedRequest()));
  const request = spans.find(({ name }) => name === "POST /generate")!;
  const generate = spans.find(({ name }) => name === "generate")!;
  expect(spans).toHaveLength(2);
  expect(attributesOf(request)).toEqual({
    "osteon.request_id": "6f1c7a52-0f0b-4c57-9a7e-2f6f6f0f6a51",
    "http.request.method": "POST",
    "http.route": "/generate",
    "http.response.status_code": 200,
  });
  expect(generate).toMatchObject({ traceId: request.traceId, parentSpanId: request.spanId, attributes: [] });
  const lasted = ({ startTimeUnixNano, endTimeUnixNano }: Span) =>
    Number(BigInt(endTimeUnixNano) - BigInt(startTimeUnixNano)) / 1e6;
  expect(lasted(request)).toBeCloseTo(12, 2);
  expect(lasted(generate)).toBeCloseTo(10, 2);
  expect(Number(BigInt(generate.startTimeUnixNano) - BigInt(request.startTimeUnixNano)) / 1e6).toBeCloseTo(1, 2);
  // Neither the computer's name nor its command line.
  expect(attributesOf({ attributes: resource })).toEqual({ "service.name": "osteon", "service.version": "0.1.0" });
});

it("marks what failed in the service, and names the code of the catalogue", async () => {
  const failure = { code: "service.no-model", name: "OsteonError", frames: ["at CANARY"] };
  const { spans } = await send((writer) => {
    writer.recordRequest(finishedRequest({ status: 503, patientCount: 0, failure }));
    writer.recordRequest(finishedRequest({ status: 422, patientCount: 0, failure: { ...failure, code: "CANARY" } }));
  });
  expect(spans.map(({ status }) => status.code)).toEqual([2, 0]);
  expect(spans.map((span) => attributesOf(span)["error.type"])).toEqual(["service.no-model", "internal"]);
});

it("sends a span of each model that was loaded", async () => {
  const { spans } = await send((writer) => {
    writer.recordModelLoad("9f2c4be101a3d7e5", 250);
    writer.recordModelLoad("CANARY", 1);
  });
  expect(spans.map((span) => [span.name, attributesOf(span)])).toEqual([
    ["load model", { "osteon.model_version": "9f2c4be101a3d7e5" }],
    ["load model", {}],
  ]);
});

it("begins a trace of its own, unless the client's is trusted", async () => {
  const work: Parameters<typeof send>[0] = (writer) =>
    writer.recordRequest(finishedRequest({ traceParent, patientCount: 0 }));
  const [own] = (await send(work)).spans;
  expect(own!.traceId).not.toBe(parent.traceId);
  expect(own!.parentSpanId ?? "").toBe("");
  const [trusted] = (await send(work, { trustIncoming: true })).spans;
  expect(trusted).toMatchObject({ traceId: parent.traceId, parentSpanId: parent.spanId });
});

it("sends nothing of a share of 0, also where a client that is not trusted asks for it", async () => {
  const { spans } = await send((writer) => writer.recordRequest(finishedRequest({ traceParent })), { sampledShare: 0 });
  expect(spans).toEqual([]);
});

it("tells nothing but what the log may tell", async () => {
  const canary = "CANARY-1999-12-31";
  const { text } = await send((writer) => {
    writer.recordRequest({
      ...finishedRequest({
        requestId: canary,
        principal: canary,
        method: canary,
        route: `/${canary}`,
        traceParent: canary,
      }),
      body: { survival_time: canary },
    } as never);
  });
  expect(text).toContain("resourceSpans");
  expect(text).not.toContain(canary);
});

it("neither waits for nor fails with a collector that is not there", async () => {
  const writer = await createTraceWriter({
    endpoint: "http://127.0.0.1:1/v1/traces",
    trustIncoming: false,
    sampledShare: 1,
    osteonVersion: "0.1.0",
  });
  for (let i = 0; i < 5_000; i++) writer.recordRequest(finishedRequest());
  await writer.close();
});
