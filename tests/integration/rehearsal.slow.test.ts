import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createIdentityFile } from "@osteon/registry";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runOsteon, startOsteon } from "./support/osteon-process.ts";

/*
 * The whole of it, with real processes: a site is built and serves; it is backed up while it serves and a model is
 * promoted; it is destroyed; it is restored elsewhere, and gives the same patients.
 */

let folder: string;
let recipient: string;
const at = (...parts: string[]) => join(folder, ...parts);
const siteConfig = () => ["--config", at("site", "osteon.yaml")];

async function osteon(...words: string[]): Promise<string> {
  const ending = await runOsteon(words, { cwd: folder });
  expect([words.slice(0, 2), ending.code, ending.stderr]).toEqual([words.slice(0, 2), 0, expect.any(String)]);
  return ending.stdout;
}

const small = `# Kept small.
data: { source: demonstration, patients: 60, genes: 60, seed: 2020 }
cohort: { small_cohort: true, gene_aliases: aliases.tsv }
training: { architecture: factor-copula, folds: 2, largest_rank: 3, effective_size_refits: 0 }
generation: { unconditional_patients: 30, patients_per_scenario: 5 }
validation: { splits: 2, synthetic_patients: 50, shadow_models: 0 }
phi_removal: { key_path: pseudonym.key }
encryption: { key_path: identity.txt }
registry: { directory: data/registry }
storage: { directory: data/ledger }
`;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "osteon-rehearsal-"));
  rmSync(at("site"), { recursive: true, force: true });
  await createIdentityFile(at("site", "identity.txt"));
  ({ recipient } = await createIdentityFile(at("safe", "backup-key.txt")));
  writeFileSync(at("site", "osteon.yaml"), small);
  writeFileSync(at("site", "aliases.tsv"), "OLDNAME\tTP53\n");
  writeFileSync(at("site", "pseudonym.key"), `${"ab".repeat(32)}\n`, { mode: 0o600 });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Starts the service on a configuration, has it do something, and ends it. */
async function serving<T>(config: readonly string[], use: (generate: () => Promise<string>) => Promise<T>): Promise<T> {
  const service = startOsteon(["serve", ...config, "--port", "0", "--log", at("service.log")], { cwd: folder });
  const [, address, tokenPath] = await service.waitFor(/, at (http:\/\/\S+) \(token: ([^)]+)\)/);
  const token = readFileSync(tokenPath!, "utf8").trim();
  const generate = async (): Promise<string> => {
    const answer = await fetch(`${address}/generate`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: JSON.stringify({ event_occurred: 0, survival_time: 800, count: 20, seed: 7 }),
    });
    expect(answer.status).toBe(200);
    return answer.text();
  };
  try {
    return await use(generate);
  } finally {
    service.child.kill("SIGTERM");
    expect((await service.ended).code).toBe(0);
  }
}

/** An answer without what differs at each request. */
function patientsOf(answer: string): unknown {
  const { patients } = JSON.parse(answer) as { patients: unknown };
  expect(patients).toHaveLength(20);
  return patients;
}

describe("the rehearsal", { timeout: 600_000 }, () => {
  it("backs up, destroys, restores and compares: the same files by digest, the same patients to the bit", async () => {
    await osteon("run", ...siteConfig(), "--run", at("run"));
    await osteon("models", "add", ...siteConfig(), "--model", at("run"));
    const [{ version }] = JSON.parse(await osteon("models", "list", ...siteConfig(), "--json")) as [
      { version: string },
    ];
    const promote = ["models", "promote", version, "--override", "--reason", "rehearsal", ...siteConfig()];
    await osteon(...promote);
    const times: Record<string, number> = {};
    const timed = async <T>(part: string, work: () => Promise<T>): Promise<T> => {
      const began = performance.now();
      const result = await work();
      times[part] = performance.now() - began;
      return result;
    };

    // While it serves, and while another promotion is made.
    const before = await serving(siteConfig(), async (generate) => {
      const [backup] = await timed("backup", () =>
        Promise.all([
          osteon("backup", ...siteConfig(), "--recipient", recipient, "--out", at("safe"), "--json"),
          osteon(...promote),
          generate(),
        ]),
      );
      return { backup: JSON.parse(backup) as { path: string }, patients: patientsOf(await generate()) };
    });
    const runs = await osteon("runs", ...siteConfig(), "--json");
    const file = before.backup.path;
    const verified = JSON.parse(
      await timed("verify", () =>
        osteon("backup", "verify", file, "--backup-key", at("safe", "backup-key.txt"), "--json"),
      ),
    ) as { moves: number };
    expect([1, 2]).toContain(verified.moves);

    renameSync(at("site"), at("destroyed"));
    await timed("restore", () =>
      osteon("restore", file, "--to", at("site"), "--backup-key", at("safe", "backup-key.txt")),
    );

    const destroyed = join("data", "registry");
    for (const name of readdirSync(at("destroyed", destroyed), { recursive: true, encoding: "utf8" })) {
      if (!/\.(?:pem|pub|osteon-bundle)$/.test(name)) continue;
      expect([
        name,
        readFileSync(at("site", "registry", name)).equals(readFileSync(at("destroyed", destroyed, name))),
      ]).toEqual([name, true]);
    }
    for (const name of ["identity.txt", "pseudonym.key"]) {
      expect(readFileSync(at("site", "keys", name))).toEqual(readFileSync(at("destroyed", name)));
    }
    expect(await osteon("runs", ...siteConfig(), "--json")).toBe(runs);
    await osteon("models", "verify", ...siteConfig());
    const after = await timed("serve and generate", () =>
      serving(siteConfig(), async (generate) => patientsOf(await generate())),
    );
    expect(after).toEqual(before.patients);

    // The command that a site runs on what it has in use.
    const rehearsed = JSON.parse(
      await osteon("backup", "rehearse", ...siteConfig(), "--work", at("work"), "--json"),
    ) as {
      onAir: string;
      parts: { part: string; durationMs: number }[];
    };
    expect(rehearsed).toMatchObject({ onAir: version, comparedPatients: 50 });
    expect(readdirSync(at("work"))).toEqual([]);
    for (const [part, ms] of Object.entries(times)) process.stderr.write(`${part}: ${(ms / 1000).toFixed(2)} s\n`);
  });
});
