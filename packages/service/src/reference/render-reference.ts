import type { ApiDocument, ApiOperation, ApiResponse, MediaType } from "../openapi-document.ts";
import { describeType, listRows, type SchemaRow } from "./describe-schema.ts";
import { html, Markup, type Content } from "./markup.ts";
import { style } from "./style.ts";

/** The description of the interface as one HTML page that loads nothing and runs nothing. */
export function renderReference(document: ApiDocument): string {
  const { title, version, description = "" } = document.info;
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
  );
  const schemas = Object.entries(document.components.schemas ?? {});
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} ${version}: reference</title>
        ${styleElement}
      </head>
      <body>
        <header>
          <p class="eyebrow">HTTP interface, version ${version}</p>
          <h1>${title}</h1>
          <p class="lead">${description}</p>
          <p>
            The same for programs, as OpenAPI 3.1: <a href="/openapi.json">/openapi.json</a>. Every refusal is a
            <a href="#schema-Problem">problem document</a> (RFC 9457).
          </p>
          <nav aria-label="Operations">
            <ul>
              ${operations.map(
                ({ method, path, operation }) =>
                  html`<li>
                    <a href="#${operation.operationId}"><b>${method}</b><u>${path}</u></a>
                    <span>${operation.summary}</span>
                  </li>`,
              )}
            </ul>
          </nav>
        </header>
        <main>
          ${operations.map(renderOperation)}
          <section aria-labelledby="schemas">
            <h2 id="schemas">Schemas</h2>
            ${schemas.map(
              ([name, schema]) =>
                html`<article id="schema-${name}">
                  <h3>${name}</h3>
                  <p>${schema.description ?? ""}</p>
                  ${renderRows(listRows(schema), `Fields of ${name}`)}
                  ${(schema.examples ?? []).map((example) => renderExample("Example", example))}
                </article> `,
            )}
          </section>
        </main>
      </body>
    </html> `.text;
}

/** In one piece: the page's policy knows the style by its digest, white space included. */
const styleElement = new Markup(`<style>${style}</style>`);

interface ListedOperation {
  readonly method: string;
  readonly path: string;
  readonly operation: ApiOperation;
}

function renderOperation({ method, path, operation }: ListedOperation): Markup {
  const { operationId, summary, description, security = [], parameters = [], requestBody, responses } = operation;
  const isOpen = security.every((scheme) => Object.keys(scheme).length === 0);
  return html`<section aria-labelledby="${operationId}">
    <h2 id="${operationId}"><b class="method">${method}</b> ${path}</h2>
    <p class="lead">${summary}</p>
    ${description === undefined ? "" : html`<p>${description}</p>`}
    <p class="note">${isOpen ? "Open to anyone." : "Needs an access token: Authorization: Bearer TOKEN."}</p>
    ${
      parameters.length === 0
        ? ""
        : html`<h3>Parameters</h3>
            ${renderRows(
              parameters.map((parameter) => ({
                name: parameter.name,
                required: parameter.required ?? false,
                type: [parameter.in, ", ", describeType(parameter.schema)],
                description: parameter.description ?? "",
              })),
              `Parameters of ${method} ${path}`,
            )}`
    }
    ${
      requestBody === undefined
        ? ""
        : html`<h3>Body</h3>
            ${Object.entries(requestBody.content).map(([mediaType, content]) => renderMedia(mediaType, content))}`
    }
    <h3>Answers</h3>
    <dl>${Object.entries(responses).map(([status, response]) => renderResponse(status, response))}</dl>
  </section> `;
}

function renderResponse(status: string, { description, headers = {}, content = {} }: ApiResponse): Markup {
  const rows = Object.entries(headers).map(([name, header]) => ({
    name,
    required: true,
    type: describeType(header.schema),
    description: header.description ?? "",
  }));
  return html`<dt><b class="status s${status.slice(0, 1)}">${status}</b></dt>
    <dd>
      <p>${description}</p>
      ${rows.length === 0 ? "" : renderRows(rows, `Headers of the answer ${status}`)}
      ${Object.entries(content).map(([mediaType, media]) => renderMedia(mediaType, media))}
    </dd> `;
}

function renderMedia(mediaType: string, { schema, example, examples = {} }: MediaType): Markup {
  const shown = [
    ...(example === undefined ? [] : [renderExample("Example", example)]),
    ...Object.entries(examples).map(([name, { value }]) => renderExample(name, value)),
  ];
  return html`<div class="media">
    <p>
      <code>${mediaType}</code>:
      ${describeType(schema)}${schema.description === undefined ? "" : `. ${schema.description}`}
    </p>
    ${shown}
  </div> `;
}

function renderExample(name: string, value: unknown): Markup {
  const text = typeof value === "string" ? value : JSON.stringify(value, null, 2);
  return html`<details>
    <summary>${name}</summary>
    <pre>${text}</pre>
  </details> `;
}

function renderRows(rows: readonly SchemaRow[], caption: string): Content {
  if (rows.length === 0) return "";
  return html`<table>
    <caption class="unseen">
      ${caption}
    </caption>
    <thead>
      <tr>
        <th scope="col">Name</th>
        <th scope="col">Value</th>
        <th scope="col">Meaning</th>
      </tr>
    </thead>
    <tbody>
      ${rows.map(
        ({ name, required, type, description }) =>
          html`<tr>
            <th scope="row"><code>${name}</code>${required ? "" : html` <small>optional</small>`}</th>
            <td>${type}</td>
            <td>${description}</td>
          </tr> `,
      )}
    </tbody>
  </table> `;
}
