import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { auditPlaceAt, AuditTrail, obtainAuditKey } from "@osteon/audit";
import { KeyStore } from "@osteon/service";
import { afterAll, beforeAll, expect, it } from "vitest";
import { configurationWith } from "../configuration/read-configuration.ts";
import { readFirstKeyExpiry } from "./first-key-expiry.ts";
import { followAuditChain } from "./follow-audit-chain.ts";
import { readKeyTimes } from "./key-times.ts";
import { ModelLoads } from "./model-loads.ts";
import { observabilityOf } from "./monitoring-directory.ts";

let folder: string;
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), "osteon-key-times-"))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it("the age of keys is that of their files, and nothing is told of those that are not there", async () => {
  const identity = join(folder, "identity.txt");
  writeFileSync(identity, "");
  const made = new Date("2026-01-02T03:04:05Z");
  utimesSync(identity, made, made);
  const times = await readKeyTimes({ identity, signing: join(folder, "nothing.pem"), pseudonym: undefined });
  expect(times).toEqual({ identity: made });
});

it("the directory of the monitoring is beside that of the registry, unless another is named", () => {
  expect(observabilityOf(configurationWith({})).directory).toBe("osteon-data/monitoring");
  expect(observabilityOf(configurationWith({}), "/srv/osteon/registry").directory).toBe("/srv/osteon/monitoring");
  const named = configurationWith({ observability: { directory: "/var/lib/osteon" } });
  expect(observabilityOf(named, "/srv/osteon/registry").directory).toBe("/var/lib/osteon");
});

it("models that were loaded before anybody listened are told when somebody does, once", () => {
  const loads = new ModelLoads();
  const told: string[] = [];
  loads.record("first", 1);
  loads.listen((version) => void told.push(version));
  loads.record("second", 2);
  expect(told).toEqual(["first", "second"]);
});

it("the end of access keys is that of the first that may be used", async () => {
  const directory = join(folder, "api-keys");
  const store = new KeyStore(directory);
  expect(await readFirstKeyExpiry(store)).toBeNull();
  const issue = (days: number) => {
    const expiresAt = new Date(Date.now() + days * 86_400_000);
    return store.issue({ name: `for ${days} days`, scopes: ["generate"], expiresAt, by: "user:ada" });
  };
  const [first] = [await issue(10), await issue(3), await issue(30)];
  const inFiveDays = new Date(Date.now() + 5 * 86_400_000);
  // By then the key of three days is none any more.
  expect((await readFirstKeyExpiry(store, inFiveDays))?.toISOString()).toBe(first.record.expires_at);
});

it("the audit trail is looked at again and again, and a change of it is found", async () => {
  const place = auditPlaceAt(join(folder, "audit"));
  const key = await obtainAuditKey(place);
  const end = new AbortController();
  const chain = followAuditChain(place, end.signal, 20);
  const trail = new AuditTrail({ directory: place.directory, key, osteonVersion: "0.1.0" });
  expect(chain.current()).toBeUndefined();
  for (const model of ["0000000000000001", "0000000000000002"]) {
    await trail.append({ action: "model.added", principal: "user:ada", outcome: "succeeded", detail: { model } });
  }
  await trail.close();
  await expect.poll(() => chain.current()?.intact, { timeout: 20_000 }).toBe(true);
  const segments = readdirSync(join(place.directory, "segments"));
  const path = join(place.directory, "segments", segments[0]!);
  writeFileSync(path, readFileSync(path, "utf8").replace("0000000000000001", "0000000000000003"));
  await expect.poll(() => chain.current()?.intact, { timeout: 20_000 }).toBe(false);
  // What cannot be checked is not known to be whole.
  rmSync(`${place.signingKeyPath}.pub`);
  await expect.poll(() => failureOf(() => chain.current()), { timeout: 20_000 }).toBe("audit.no-key");
  end.abort();
});

function failureOf(work: () => unknown): string | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    return (error as { readonly code: string }).code;
  }
}
