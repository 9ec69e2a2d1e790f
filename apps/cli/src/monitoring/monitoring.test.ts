import { mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { configurationWith } from "../configuration/read-configuration.ts";
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
