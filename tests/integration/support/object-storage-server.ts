import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/*
 * An S3-compatible server of the tests' own: objects in memory, AWS Signature Version 4 checked as its specification
 * says (docs.aws.amazon.com, "Signature Calculations for the Authorization Header"), and faults to order.
 */

export const storageCredentials = { accessKeyId: "TESTACCESSKEY", secretAccessKey: "KANARIE/secret+key" } as const;
const bucket = "models";
const region = "eu-test-1";

/** What happens to a request instead of being answered; undefined lets it through. */
type Fault = (request: { readonly method: string; readonly key: string }) => "503" | "truncate" | "flip" | undefined;

export interface ObjectStorageServer {
  readonly address: {
    readonly endpoint: string;
    readonly bucket: string;
    readonly region: string;
    readonly pathStyle: true;
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
  };
  readonly objects: Map<string, { body: Buffer; readonly digest: string | undefined }>;
  /** How it answers from now on. */
  readonly behaviour: { conditional: "known" | "unknown" | "ignored"; fault: Fault; pageSize: number };
  /** `METHOD key` of every request that was signed rightly. */
  readonly requests: string[];
  close(): Promise<void>;
}

export async function startObjectStorageServer(): Promise<ObjectStorageServer> {
  const objects: ObjectStorageServer["objects"] = new Map();
  const behaviour: ObjectStorageServer["behaviour"] = { conditional: "known", fault: () => undefined, pageSize: 1000 };
  const requests: string[] = [];
  const server = createServer((request, response) => {
    void readBody(request).then((body) => answer(request, body, response));
  });

  function answer(request: IncomingMessage, body: Buffer, response: ServerResponse): void {
    const method = request.method ?? "";
    const url = new URL(request.url ?? "/", "http://storage");
    if (!isSignedRightly(request, url)) return refuse(response, 403, "SignatureDoesNotMatch");
    const [, requestBucket, ...parts] = url.pathname.split("/").map(decodeURIComponent);
    const key = parts.join("/");
    requests.push(`${method} ${key}`);
    const fault = behaviour.fault({ method, key });
    if (fault === "503") return refuse(response, 503, "SlowDown");
    if (requestBucket !== bucket) return refuse(response, 404, "NoSuchBucket");
    if (method === "GET" && key === "") return list(url, response);
    const found = objects.get(key);
    if (method === "PUT") {
      const checksum = request.headers["x-amz-checksum-sha256"];
      const isWhole = checksum === createHash("sha256").update(body).digest("base64");
      if (checksum !== undefined && !isWhole) return refuse(response, 400, "BadDigest");
      if (request.headers["if-none-match"] === "*" && behaviour.conditional !== "ignored") {
        if (behaviour.conditional === "unknown") return refuse(response, 501, "NotImplemented");
        if (found !== undefined) return refuse(response, 412, "PreconditionFailed");
      }
      objects.set(key, {
        body: fault === "flip" ? flipped(body) : body,
        digest: request.headers["x-amz-meta-sha256"]?.toString(),
      });
      response.writeHead(200, { etag: '"x"' }).end();
      return;
    }
    if (method === "DELETE") {
      objects.delete(key);
      response.writeHead(204).end();
      return;
    }
    if (found === undefined) return refuse(response, 404, "NoSuchKey");
    const bytes = fault === "flip" ? flipped(found.body) : found.body;
    response.writeHead(200, {
      "content-length": bytes.length,
      ...(found.digest !== undefined && { "x-amz-meta-sha256": found.digest }),
    });
    if (method === "HEAD") {
      response.end();
    } else if (fault === "truncate") {
      response.write(bytes.subarray(0, bytes.length / 2), () => response.destroy());
    } else {
      response.end(bytes);
    }
  }

  function list(url: URL, response: ServerResponse): void {
    const prefix = url.searchParams.get("prefix") ?? "";
    const after = url.searchParams.get("continuation-token") ?? "";
    const keys = [...objects.keys()].filter((key) => key.startsWith(prefix) && key > after).sort();
    const page = keys.slice(0, behaviour.pageSize);
    const isTruncated = keys.length > page.length;
    const contents = page.map((key) => `<Contents><Key>${key}</Key><Size>1</Size></Contents>`).join("");
    const next = isTruncated ? `<NextContinuationToken>${page.at(-1)}</NextContinuationToken>` : "";
    response.writeHead(200, { "content-type": "application/xml" });
    response.end(
      `<?xml version="1.0"?><ListBucketResult><IsTruncated>${isTruncated}</IsTruncated>${next}${contents}</ListBucketResult>`,
    );
  }

  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    address: { endpoint, bucket, region, pathStyle: true, ...storageCredentials },
    objects,
    behaviour,
    requests,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => void server.close(() => resolve()));
    },
  };
}

function isSignedRightly({ method, headers }: IncomingMessage, url: URL): boolean {
  const parsed =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/.exec(
      headers.authorization ?? "",
    );
  if (parsed === null) return false;
  const [, accessKeyId, date, signedRegion, signedHeaders, signature] = parsed as unknown as string[];
  if (accessKeyId !== storageCredentials.accessKeyId || signedRegion !== region) return false;
  const names = signedHeaders!.split(";");
  const mustBeSigned = Object.keys(headers).filter((name) => name === "host" || name.startsWith("x-amz-"));
  if (mustBeSigned.some((name) => !names.includes(name))) return false;
  const query = [...url.searchParams]
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort()
    .join("&");
  const canonicalHeaders = names.map((name) => `${name}:${String(headers[name] ?? "").trim()}\n`).join("");
  const canonicalRequest = [
    method,
    url.pathname,
    query,
    canonicalHeaders,
    signedHeaders,
    headers["x-amz-content-sha256"],
  ].join("\n");
  const scope = `${date}/${signedRegion}/s3/aws4_request`;
  const digest = createHash("sha256").update(canonicalRequest).digest("hex");
  const toSign = ["AWS4-HMAC-SHA256", headers["x-amz-date"], scope, digest].join("\n");
  const key = [date!, signedRegion, "s3", "aws4_request"].reduce<Buffer | string>(
    (secret, part) => createHmac("sha256", secret).update(part).digest(),
    `AWS4${storageCredentials.secretAccessKey}`,
  );
  const expected = createHmac("sha256", key).update(toSign).digest();
  return timingSafeEqual(expected, Buffer.from(signature!, "hex"));
}

/** RFC 3986, which leaves fewer characters as they are than encodeURIComponent does. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function flipped(bytes: Buffer): Buffer {
  const changed = Buffer.from(bytes);
  changed[changed.length - 1]! ^= 1;
  return changed;
}

function refuse(response: ServerResponse, status: number, code: string): void {
  // Names its own secret, as a careless server's text might.
  const text = `<Error><Code>${code}</Code><Message>${storageCredentials.secretAccessKey}</Message></Error>`;
  response.writeHead(status, { "content-type": "application/xml" }).end(text);
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
