import { isSecureUrl } from "@osteon/contracts";
import { osteonError } from "@osteon/errors";
import { S3mini } from "s3mini";

/** Where objects are, and who asks. The secret is held in memory only. */
export interface ObjectStorageAddress {
  /** `https://…`; plain http only to this computer. */
  readonly endpoint: string;
  readonly bucket: string;
  readonly region: string;
  /** Whether the bucket stands in the path, as on a server of one's own, and not before the host's name. */
  readonly pathStyle: boolean;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** Of one request, with its answer's body. */
const requestTimeoutMs = 60_000;

/** @throws `registry.object-storage-settings` */
export function openObjectStorage(address: ObjectStorageAddress): { readonly client: S3mini; readonly place: string } {
  const { bucket, region, pathStyle, accessKeyId, secretAccessKey } = address;
  const url = parseEndpoint(address.endpoint);
  if (pathStyle) url.pathname = `${url.pathname.replace(/(?<!\/)\/+$/, "")}/${bucket}`;
  else url.hostname = `${bucket}.${url.hostname}`;
  const client = new S3mini({
    endpoint: url.href,
    region,
    accessKeyId,
    secretAccessKey,
    requestAbortTimeout: requestTimeoutMs,
  });
  return { client, place: `bucket ${bucket} at ${parseEndpoint(address.endpoint).host}` };
}

function parseEndpoint(endpoint: string): URL {
  const refuse = (problem: string) =>
    osteonError("registry.object-storage-settings", { setting: "registry.packages.s3.endpoint", problem });
  if (!URL.canParse(endpoint)) throw refuse("is not a URL");
  const url = new URL(endpoint);
  if (url.username !== "" || url.password !== "" || url.search !== "" || url.hash !== "") {
    throw refuse("is to name the server alone: no user, no parameters");
  }
  if (isSecureUrl(url)) return url;
  throw refuse("must begin with https:// (http:// only to this computer)");
}
