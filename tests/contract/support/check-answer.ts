import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import { parquetMetadata } from "hyparquet";
import type { ApiDocument } from "../../../packages/service/src/openapi-document.ts";
import type { GeneratedRequest } from "./arbitrary-request.ts";

/** As much of an answer as is looked at. */
interface InjectedAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly rawPayload: Uint8Array;
  readonly body: string;
}

/** Holds answers against a document: status, media type and form must be among those of the operation. */
export class AnswerCheck {
  readonly #document: ApiDocument;
  readonly #ajv = new Ajv2020({ strict: false, validateFormats: false });
  readonly #validators = new Map<string, ValidateFunction>();

  constructor(document: ApiDocument) {
    this.#document = document;
    this.#ajv.addSchema({ $id: "api", ...document });
  }

  /** What is wrong with an answer; undefined where it is as documented. */
  findFault({ path, method }: GeneratedRequest, answer: InjectedAnswer): string | undefined {
    const { statusCode: status, rawPayload, body } = answer;
    if (status >= 500 && status !== 503) return `status ${status}`;
    const mediaType = String(answer.headers["content-type"]).split(";")[0]!;
    const { content = {} } = this.#document.paths[path]![method]!.responses[status] ?? {};
    if (content[mediaType] === undefined) return `status ${status} as ${mediaType} is not documented`;
    const isValid = this.#validatorOf(path, method, status, mediaType);
    if (/[/+]json$/.test(mediaType)) return isValid(JSON.parse(body)) ? undefined : this.#say(isValid);
    if (path !== "/generate") return isValid(body) ? undefined : this.#say(isValid);
    if (mediaType === "application/x-ndjson") {
      const one = this.#ajv.getSchema("api#/components/schemas/SinglePatientAnswer")!;
      const wrong = body
        .trimEnd()
        .split("\n")
        .find((line) => !one(JSON.parse(line)));
      return wrong === undefined ? undefined : this.#say(one as ValidateFunction);
    }
    if (mediaType === "application/vnd.apache.parquet") {
      return parquetMetadata(new Uint8Array(rawPayload).buffer).num_rows > 0n ? undefined : "no rows";
    }
    if (mediaType === "text/csv" && !body.startsWith("simulated,")) return "no header";
    return isValid(body) ? undefined : this.#say(isValid);
  }

  #validatorOf(path: string, method: string, status: number, mediaType: string): ValidateFunction {
    const place = ["paths", path, method, "responses", String(status), "content", mediaType, "schema"];
    const pointer = place.map((name) => encodeURIComponent(name.replaceAll("~", "~0").replaceAll("/", "~1"))).join("/");
    const known = this.#validators.get(pointer);
    if (known !== undefined) return known;
    const validator = this.#ajv.compile({ $ref: `api#/${pointer}` });
    this.#validators.set(pointer, validator);
    return validator;
  }

  #say({ errors }: ValidateFunction): string {
    return this.#ajv.errorsText(errors ?? null);
  }
}
