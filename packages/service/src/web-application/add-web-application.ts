import { existsSync } from "node:fs";
import { join } from "node:path";
import fastifyStatic from "@fastify/static";
import { osteonError } from "@osteon/errors";
import type { FastifyInstance, FastifyReply } from "fastify";

/**
 * Gives the folder with the built web application, building it first where that can be done; null where there is none
 * and it cannot be built here.
 */
export type WebApplicationSource = () => Promise<string | null>;

/** All that the application needs comes from the service itself, and nothing may be written into a page. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "frame-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join("; ");

const withHashInName = /^assets\/[\w.-]+-[\w-]{8}\.\w+$/;

/** Adds the web application under `/app`. Its pages are one document; what is not a file is a page of it. */
export function addWebApplication(app: FastifyInstance, source: WebApplicationSource): void {
  // Where the files lie is known only when they are asked for, and then said: nothing is served from this folder.
  void app.register(fastifyStatic, { root: import.meta.dirname, serve: false, preCompressed: true });
  const hidden = { schema: { hide: true } } as const;
  app.get("/app", { ...hidden, handler: async (_request, reply) => reply.redirect("/app/", 308) });
  app.get<{ Params: { "*": string } }>("/app/*", {
    ...hidden,
    handler: async (request, reply) => {
      void reply.headers({
        "content-security-policy": policy,
        "cross-origin-opener-policy": "same-origin",
        "permissions-policy": "camera=(), geolocation=(), microphone=()",
      });
      const directory = await source();
      if (directory === null) return notBuilt(reply);
      const asked = request.params["*"];
      const isAsset = withHashInName.test(asked);
      if (!isAsset && /\.\w+$/.test(asked)) throw osteonError("service.route-not-found", {});
      if (isAsset && !existsSync(join(directory, asked))) throw osteonError("service.route-not-found", {});
      // The document is asked for anew each time, so that a new version of Osteon is seen at once.
      void reply.header("cache-control", isAsset ? "public, max-age=31536000, immutable" : "no-cache");
      return reply.sendFile(isAsset ? asked : "index.html", directory, { cacheControl: false });
    },
  });
}

function notBuilt(reply: FastifyReply): FastifyReply {
  return reply
    .code(503)
    .type("text/html; charset=utf-8")
    .send(
      `<!doctype html><html lang="en-GB"><meta charset="utf-8"><title>Osteon: the web application is not built</title>` +
        `<h1>The web application is not built</h1><p>This installation of Osteon has no built web application, and none ` +
        `of the programs that build it. Where Osteon is installed from its source with development dependencies, run ` +
        `<code>npm run build</code>, or copy the folder <code>apps/dashboard/dist</code> from such an installation.</p>` +
        `<p>The service itself answers as always; <a href="/openapi.json">its description</a> lists how.</p></html>`,
    );
}
