import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createIdentityFile } from "@osteon/registry";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import {
  skipsRealServer,
  startRealServer,
  type RealServer,
} from "../../packages/connectors/src/database/testing/real-server.ts";
import { writeCanaryStudy } from "../integration/support/canary-study.ts";
import { isExhaustive } from "../support/exhaustive.ts";
import { runPage, type PageOptions } from "./support/run-page.ts";
import { createSite, placeRun, readPage, trainDemonstration, writeSiteFile, type Examples } from "./support/site.ts";

const small = `
cohort: { small_cohort: true }
training: { architecture: factor-copula, folds: 2, largest_rank: 3, effective_size_refits: 0 }
generation: { unconditional_patients: 30, patients_per_scenario: 5 }
validation: { splits: 2, synthetic_patients: 50, shadow_models: 0 }
`;
const demonstration = `data: { source: demonstration, patients: 60, genes: 60 }${small}`;
const has = (program: string) => spawnSync(program, ["--version"]).error === undefined;
for (const program of ["age", "promtool"]) {
  if (!has(program)) console.warn(`NOT TESTED: the lines of pages that need ${program}. It is not in PATH.`);
}

let made: string;
let versions: { readonly one: string; readonly two: string; readonly study: string };
beforeAll(async () => {
  made = mkdtempSync(join(tmpdir(), "osteon-pages-"));
  const key = join(made, "one", "keys", "identity.txt");
  const { directory } = writeCanaryStudy(made);
  versions = {
    one: await trainDemonstration(join(made, "one")),
    two: await trainDemonstration(join(made, "two"), { training: { seed: 2 }, encryption: { key_path: key } }),
    study: await trainDemonstration(join(made, "study-run"), { data: { source: "cbioportal", path: directory } }),
  };
}, 120_000);
afterAll(() => rmSync(made, { recursive: true, force: true }));

interface Setting extends PageOptions {
  /** `osteon.yaml` of the site. */
  readonly configuration?: string;
  /** What the page calls something, and what is typed here. */
  readonly examples?: Examples;
  /** Copied runs: of {@link made}, to a place in the site. */
  readonly runs?: Readonly<Record<string, string>>;
  /** How many blocks have to be executed. */
  readonly blocks: number;
}

async function execute(page: string, { configuration, examples, runs = {}, blocks, ...options }: Setting) {
  using site = await createSite(examples);
  for (const [run, place] of Object.entries(runs)) placeRun(site, join(made, run), place);
  if (configuration !== undefined) writeSiteFile(site, "osteon.yaml", configuration);
  const prepare = options.prepare === undefined ? {} : { prepare: site.translate(options.prepare) };
  const { executed, faults } = await runPage(readPage(page), site, { ...options, ...prepare });
  expect(faults.join("\n\n")).toBe("");
  expect(executed).toBe(blocks);
}

const promoteOne = (registry: string) => `
osteon models add --model runs/first ${registry}
osteon models promote ${versions.one} --key runs/first/keys/identity.txt ${registry} --override --reason "demonstration"`;

const urlOf = ({ address: { user, password, host, port, database } }: RealServer) =>
  `postgresql://${user}:${password}@${host}:${port}/${database}`;

describe("the commands of pages, executed as they stand", { timeout: 600_000 }, () => {
  it("docs/quality.md", () => execute("docs/quality.md", { configuration: demonstration, blocks: 1 }));

  it("docs/de-identification.md, with the keys apart", () =>
    execute("docs/de-identification.md", {
      configuration: `${demonstration}encryption: { key_path: identity.txt }\nphi_removal: { key_path: pseudonym.key }\n`,
      runs: { one: "other" },
      prepare: "cp other/keys/identity.txt identity.txt; openssl rand -hex 32 > pseudonym.key; chmod 600 pseudonym.key",
      blocks: 1,
    }));

  it("docs/drift.md, whose answer may be watch", async () => {
    const extract = mkdtempSync(join(made, "extract-"));
    const { directory, patientIds } = writeCanaryStudy(extract, { patients: 60 });
    await execute("docs/drift.md", {
      configuration: `data: { source: cbioportal, path: extract }\nencryption: { key_path: identity.txt }${small}`,
      examples: { "path/to/study": "extract" },
      runs: { "study-run": "runs/first" },
      prepare: [
        `cp -r "${directory}" extract`,
        `printf '%s\\n' ${patientIds.slice(48).join(" ")} > new.txt`,
        "cp runs/first/package/model.osteon model.osteon && cp runs/first/keys/identity.txt identity.txt",
        promoteOne("").replaceAll(versions.one, versions.study),
        "osteon generate --model runs/first --count 200 --out alive",
        "cp -r alive/unconditional alive-unconditional 2>/dev/null || cp -r alive alive-unconditional",
      ].join("\n"),
      endings: () => [0, 6],
      blocks: 2,
    });
  });

  it("docs/audit.md", () =>
    execute("docs/audit.md", {
      runs: { one: "runs/first" },
      prepare: `${promoteOne("")}\ncp -r osteon-data/audit COPY && cp COPY/keys/signing.pem.pub MY-COPY.pub`,
      blocks: 2,
    }));

  it("docs/api-access.md, with the id of the key that was made", () =>
    execute("docs/api-access.md", {
      examples: { "revoke 3f9c61d20ab4": "revoke $(osteon keys list | awk 'END { print $1 }')" },
      blocks: 1,
    }));

  it("docs/registry.md, with a model that is promoted in spite of the gate", () =>
    execute("docs/registry.md", {
      examples: { "promote VERSION": `promote ${versions.one} --override --reason "demonstration"` },
      runs: { one: "runs/first", two: "runs/second" },
      prepare: [
        "cp runs/first/keys/identity.txt identity.txt && osteon models add --model runs/second --key identity.txt",
        `osteon models promote ${versions.two} --key identity.txt --override --reason "demonstration"`,
      ].join("\n"),
      blocks: 1,
    }));

  it("docs/backup.md", async () => {
    const folder = mkdtempSync(join(made, "backup-"));
    const { recipient } = await createIdentityFile(join(folder, "backup-key.txt"));
    const last = '"$(ls backups/*.tar.age | tail -n 1)"';
    await execute("docs/backup.md", {
      configuration: [
        "registry: { directory: registry }",
        "encryption: { key_path: runs/first/keys/identity.txt }",
        "service: { port: 8080 }",
        `backup: { directory: backups, recipients: [${recipient}] }`,
        "",
      ].join("\n"),
      examples: {
        "/backup/osteon/osteon-20260101T020304Z.tar.age": last,
        "osteon-20260101T020304Z.tar.age": last,
        "/srv/osteon": "restored",
      },
      runs: { one: "runs/first" },
      prepare: `cp ${join(folder, "backup-key.txt")} backup-key.txt\n${promoteOne("--config osteon.yaml")}`,
      skip: ({ script }) => script.startsWith("age-keygen") || (script.startsWith("age ") && !has("age")),
      blocks: has("age") ? 5 : 4,
    });
  });

  it.runIf(isExhaustive && has("age"))(
    "docs/disaster-recovery.md, with moves in PostgreSQL where there is a server",
    async () => {
      const folder = mkdtempSync(join(made, "recovery-"));
      const { recipient } = await createIdentityFile(join(folder, "backup-key.txt"));
      const server = skipsRealServer() ? undefined : await startRealServer();
      onTestFinished(() => server?.stop());
      const moves = server === undefined ? "" : `export REGISTRY_DATABASE_URL="${urlOf(server)}"`;
      await execute("docs/disaster-recovery.md", {
        configuration: [
          `registry: { directory: ../srv/registry${server === undefined ? "" : ", metadata: postgres"} }`,
          "encryption: { key_path: identity.txt }",
          "service: { port: 8080, drain_notice_ms: 0 }",
          `backup: { directory: ../backups, recipients: [${recipient}] }`,
          "",
        ].join("\n"),
        examples: {
          "/srv/osteon": "srv",
          "/etc/osteon": "etc",
          "/backup/osteon/osteon-20260101T020304Z.tar.age": '"$(ls backups/*.tar.age | tail -n 1)"',
          "1f0c5a9be2d47836": versions.one,
          "8b3e61d0c94f2a75": versions.two,
          "3f9c61d20ab4": "$ID",
          // No model of so few patients passes the gate.
          "osteon selftest": "osteon selftest --accept-override",
        },
        runs: { one: "runs/first", two: "runs/second" },
        prepare: [
          `mkdir etc && mv osteon.yaml runs/first/keys/identity.txt etc && cp ${folder}/backup-key.txt .`,
          `export OSTEON_URL=http://127.0.0.1:8080\n${moves}`,
          ...[versions.one, versions.two].flatMap((version, index) => [
            `osteon models add --model runs/${["first", "second"][index]} --key etc/identity.txt --config etc/osteon.yaml`,
            `osteon models promote ${version} --config etc/osteon.yaml --override --reason "demonstration"`,
          ]),
          "osteon audit checkpoint --config etc/osteon.yaml --out kept.checkpoint",
          "osteon backup --config etc/osteon.yaml && systemctl restart osteon",
        ].join("\n"),
        blocks: 8,
      });
    },
  );

  it("docs/monitoring.md, with a channel that takes notices", async () => {
    const server = createServer((request, answer) => request.resume().once("end", () => answer.writeHead(204).end()));
    await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    const channel = `{ kind: webhook, name: chat, url: "http://127.0.0.1:${port}/" }`;
    await execute("docs/monitoring.md", {
      configuration: [
        "registry: { directory: registry }",
        "encryption: { key_path: runs/first/keys/identity.txt }",
        "service: { port: 8080 }",
        `alerts: { rules: [{ when: no_model }], channels: [${channel}] }`,
        "",
      ].join("\n"),
      runs: { one: "runs/first" },
      prepare: `cp ${fileURLToPath(new URL("../../deploy/monitoring", import.meta.url))}/* . \n${promoteOne("--config osteon.yaml")}`,
      skip: ({ script }) => script.startsWith("promtool") && !has("promtool"),
      blocks: has("promtool") ? 2 : 1,
    });
  });

  it.runIf(isExhaustive)("docs/databases.md, with a small training", () =>
    execute("docs/databases.md", { examples: { "any_age: true }\n": `any_age: true }${small}` }, blocks: 2 }),
  );

  it("docs/compliance.md", () =>
    execute("docs/compliance.md", {
      configuration: "audit: { retention_years: 10 }\n",
      runs: { one: "runs/first" },
      prepare: `mkdir keys && cp runs/first/keys/identity.txt keys/\n${promoteOne("--registry registry")}`,
      blocks: 2,
    }));
});
