import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { MadeUpProject } from "./gdc-project.ts";

/** A request as it came. */
interface GdcRequest {
  readonly path: string;
  readonly range: string | undefined;
  /** Of a search. */
  readonly body: { readonly from?: number; readonly filters?: unknown; readonly fields?: string };
  /** How often this path was asked for before. */
  readonly before: number;
}

/** Answers in the server's place; false leaves the answer to it. */
export type Fault = (request: GdcRequest, response: ServerResponse, content: Buffer) => boolean;

export interface GdcServer {
  readonly url: string;
  readonly requests: readonly GdcRequest[];
  /** The project that it speaks of; may be replaced. */
  project: MadeUpProject;
  fault: Fault;
  close(): Promise<void>;
}

/** A server on this computer that answers as the GDC does. */
export async function startGdcServer(project: MadeUpProject, fault: Fault = () => false): Promise<GdcServer> {
  const requests: GdcRequest[] = [];
  const server = createServer((incoming, response) => {
    void readBody(incoming).then((text) => {
      const path = incoming.url ?? "";
      const body = text === "" ? {} : (JSON.parse(text) as GdcRequest["body"]);
      const before = requests.filter((earlier) => earlier.path === path).length;
      const request = { path, range: incoming.headers.range, body, before };
      requests.push(request);
      const content = contentOf(gdc.project, request);
      if (gdc.fault(request, response, content ?? Buffer.alloc(0))) return;
      if (content === undefined) response.writeHead(404).end(`{"message":"KANARIENVOGEL"}`);
      else if (path.startsWith("/data/")) sendFile(response, content, request.range);
      else response.writeHead(200, { "content-type": "application/json" }).end(content);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const gdc: GdcServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    project,
    fault,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return gdc;
}

/** Sends a file, or its part from where it was asked for. */
export function sendFile(response: ServerResponse, content: Buffer, range: string | undefined): void {
  const from = Number(/^bytes=(\d+)-$/.exec(range ?? "")?.[1] ?? 0);
  if (from === 0) response.writeHead(200, { "content-length": content.length }).end(content);
  else if (from >= content.length) {
    response.writeHead(416, { "content-range": `bytes */${content.length}` }).end();
  } else {
    const part = content.subarray(from);
    const headers = {
      "content-range": `bytes ${from}-${content.length - 1}/${content.length}`,
      "content-length": part.length,
    };
    response.writeHead(206, headers).end(part);
  }
}

/** One page of a search, as the API wraps it. */
export function pageOf(hits: readonly unknown[], from: number, size: number): Buffer {
  const page = hits.slice(from, from + size);
  const pagination = { count: page.length, total: hits.length, size, from, sort: "", page: 1, pages: 1 };
  return Buffer.from(JSON.stringify({ data: { hits: page, pagination }, warnings: {} }));
}

function contentOf(project: MadeUpProject, { path, body }: GdcRequest): Buffer | undefined {
  const { from = 0, size = 10, filters } = body as { from?: number; size?: number; filters?: unknown };
  if (path === "/cases") return pageOf(asksFor(filters, project.id) ? project.cases : [], from, size);
  if (path === "/files") {
    const hits = project.files
      .map(({ hit }) => hit)
      .filter(({ access, data_type }) =>
        [project.id, String(access), String(data_type)].every((value) => asksFor(filters, value)),
      );
    return pageOf(hits, from, size);
  }
  return project.files.find(({ id }) => path === `/data/${id}`)?.content;
}

function asksFor(filters: unknown, value: string): boolean {
  return JSON.stringify(filters).includes(JSON.stringify(value));
}

async function readBody(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}
