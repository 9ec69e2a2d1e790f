import { setTimeout as delay } from "node:timers/promises";
import { errorCode, httpStatus, modelVersion, requestFinished } from "@osteon/observability";
import type { RequestFinished } from "@osteon/service";

export interface TraceOptions {
  /** Where OTLP over HTTP is taken, such as `https://collector.hospital.example:4318/v1/traces`. */
  readonly endpoint: string;
  /** Whether a request's trace goes on where its client says. */
  readonly trustIncoming: boolean;
  /** Share of the traces that is sent, 0 to 1. */
  readonly sampledShare: number;
  readonly osteonVersion: string;
}

/** Sends spans to a collector. No call waits for it or fails. */
export interface TraceWriter {
  recordRequest(event: RequestFinished): void;
  recordModelLoad(version: string, durationMs: number): void;
  /** Sends what waits, for at most some seconds. */
  close(): Promise<void>;
}

const closingMs = 3_000;

/**
 * Makes the writer of traces. The libraries are loaded here, so that a service without traces starts as fast as ever.
 *
 * Spans are made when what they tell of has ended, from what is told of it anyway; attributes are those of the log and
 * are held to the same narrow kinds. Nothing waits longer than a batch does (5 s), and at most 2,048 spans wait.
 */
export async function createTraceWriter(options: TraceOptions): Promise<TraceWriter> {
  const [api, sdk, { OTLPTraceExporter }, { resourceFromAttributes }] = await Promise.all([
    import("@opentelemetry/api"),
    import("@opentelemetry/sdk-trace"),
    import("@opentelemetry/exporter-trace-otlp-http"),
    import("@opentelemetry/resources"),
  ]);
  const exporter = new OTLPTraceExporter({ url: options.endpoint, timeoutMillis: 5_000, concurrencyLimit: 2 });
  const provider = new sdk.TracerProvider({
    // Not detected: a computer's name and a command line tell more than they should.
    resource: resourceFromAttributes({ "service.name": "osteon", "service.version": options.osteonVersion }),
    sampler: new sdk.ParentBasedSampler({ root: new sdk.TraceIdRatioBasedSampler(options.sampledShare) }),
    spanProcessors: [new sdk.BatchSpanProcessor({ exporter })],
  });
  const tracer = provider.getTracer("osteon");
  const now = () => performance.timeOrigin + performance.now();

  return {
    recordRequest(event) {
      const end = now();
      const start = end - event.durationMs;
      const parent = options.trustIncoming ? contextOf(event.traceParent, api) : api.ROOT_CONTEXT;
      const attributes = attributesOf(event);
      const name = [attributes["http.request.method"], attributes["http.route"]].filter(Boolean).join(" ") || "request";
      const span = tracer.startSpan(name, { kind: api.SpanKind.SERVER, startTime: start, attributes }, parent);
      if (event.handled !== undefined && event.patientCount > 0) {
        const { fromMs, untilMs } = event.handled;
        tracer
          .startSpan("generate", { startTime: start + fromMs }, api.trace.setSpan(parent, span))
          .end(start + untilMs);
      }
      if (event.status >= 500) span.setStatus({ code: api.SpanStatusCode.ERROR });
      span.end(end);
    },
    recordModelLoad(version, durationMs) {
      const end = now();
      const attributes = known({ "osteon.model_version": modelVersion.read(version) });
      tracer.startSpan("load model", { startTime: end - durationMs, attributes }, api.ROOT_CONTEXT).end(end);
    },
    async close() {
      await Promise.race([provider.shutdown().catch(() => undefined), delay(closingMs, undefined, { ref: false })]);
    },
  };
}

/** What the log tells of a request, under the names of OpenTelemetry's conventions. */
function attributesOf({ requestId, method, route, status, failure }: RequestFinished): Record<string, string | number> {
  const { fields } = requestFinished;
  return known({
    "osteon.request_id": fields.requestId.read(requestId),
    "http.request.method": fields.method.read(method),
    "http.route": fields.route.read(route),
    "http.response.status_code": httpStatus.read(status),
    "error.type": failure === undefined ? undefined : (errorCode.read(failure.code) ?? "internal"),
  });
}

function known(attributes: Readonly<Record<string, string | number | undefined>>): Record<string, string | number> {
  const entries = Object.entries(attributes).filter(
    (entry): entry is [string, string | number] => entry[1] !== undefined,
  );
  return Object.fromEntries(entries);
}

/** The span that a client says is around its request. */
function contextOf(traceParent: string | undefined, { ROOT_CONTEXT, trace }: typeof import("@opentelemetry/api")) {
  if (traceParent === undefined) return ROOT_CONTEXT;
  const [, traceId, spanId, flags] = traceParent.split("-") as [string, string, string, string];
  return trace.setSpanContext(ROOT_CONTEXT, {
    traceId,
    spanId,
    traceFlags: Number.parseInt(flags, 16),
    isRemote: true,
  });
}
