import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { DCLinter } from "dclint";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { readConfiguration } from "../../apps/cli/src/configuration/read-configuration.ts";

const folder = fileURLToPath(new URL("../../deploy/container", import.meta.url));
/** The one form of a reference that the files use: ${NAME:-default}. */
const interpolate = (text: string) => text.replaceAll(/\$\{[A-Z_]+:-([^}]*)\}/g, "$1");
const readCompose = (name: string) =>
  parse(interpolate(readFileSync(join(folder, name), "utf8")), { merge: true }) as Compose;

/** As much of the linter's answer as is looked at; its own types cannot be resolved. */
interface LintedFile {
  readonly filePath: string;
  readonly messages: readonly { readonly category: string; readonly message: string }[];
}
interface Compose {
  readonly services: Readonly<Record<string, Service>>;
  readonly secrets: Readonly<Record<string, { readonly file: string }>>;
}
interface Service {
  readonly image: string;
  readonly user: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly secrets?: readonly string[];
  readonly ports?: readonly string[];
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly profiles?: readonly string[];
  readonly [key: string]: unknown;
}

const compose = readCompose("compose.yaml");
const services = Object.entries(compose.services);

describe("compose.yaml", () => {
  it("is what the specification asks for, and has nothing that its linter finds", () => {
    const files = ["compose.yaml", "compose.gpu.yaml"].map((name) => join(folder, name));
    const results = new DCLinter({
      rules: { "require-quotes-in-ports": 0 },
      quiet: false,
      debug: false,
      exclude: [],
    }).lintFiles(files, false);
    const findings = (results as readonly LintedFile[]).flatMap(({ filePath, messages }) =>
      messages.map((message) => ({ filePath, ...message })),
    );
    // The order of keys and the kind of quotes are ours to choose.
    expect(findings.filter(({ category }) => category !== "style")).toEqual([]);
  });

  it.each(services)("keeps %s from what it does not need", (_, service) => {
    expect(service).toMatchObject({
      read_only: true,
      cap_drop: ["ALL"],
      security_opt: ["no-new-privileges:true"],
      user: expect.stringMatching(/^[1-9]\d*:[1-9]\d*$/),
      ulimits: { core: 0 },
      deploy: {
        resources: { limits: { cpus: expect.any(String), memory: expect.any(String), pids: expect.any(Number) } },
      },
    });
    expect(service).not.toHaveProperty("privileged");
    expect(service).not.toHaveProperty("cap_add");
    expect(service.image).toMatch(/:\d[\w.-]*$/);
    // A run ends by itself; whatever goes on is watched.
    if (service.profiles === undefined) expect(service.healthcheck?.test.at(0)).toBe("CMD");
  });

  it("publishes the service's port alone, and no database's", () => {
    expect(services.filter(([, { ports }]) => ports !== undefined).map(([name]) => name)).toEqual(["service"]);
    expect(compose.services["database"]).toMatchObject({ network_mode: "none" });
  });

  it("hands secrets over as files", () => {
    for (const [, { environment = {}, secrets = [] }] of services) {
      for (const secret of secrets) expect(compose.secrets[secret]?.file).toMatch(/^\.\/secrets\//);
      for (const [name, value] of Object.entries(environment)) {
        if (/PASSWORD|URL_FILE|KEY|TOKEN/.test(name))
          expect([name, value]).toEqual([expect.stringMatching(/_FILE$/), expect.stringMatching(/^\/run\/secrets\//)]);
      }
    }
  });

  it("has a configuration that Osteon accepts, and mounts what that names", async () => {
    const configuration = await readConfiguration(join(folder, "osteon.yaml"), {});
    const mounted = compose.services["service"]!.secrets!.map((name) => `/run/secrets/${name}`);
    const { tls, port } = configuration.service;
    expect(mounted).toEqual(
      expect.arrayContaining([configuration.encryption.key_path, tls?.certificate_path, tls?.key_path]),
    );
    expect(compose.services["service"]!.ports).toEqual([`0.0.0.0:${port}:${port}`]);
    expect(compose.services["service"]!.environment!["OSTEON_LIVENESS_URL"]).toContain(`:${port}/health/live`);
  });
});
