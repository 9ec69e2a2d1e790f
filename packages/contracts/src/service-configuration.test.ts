import { describe, expect, it } from "vitest";
import { serviceConfigurationSchema } from "./service-configuration.ts";
import { grantsScope, scopeSchema } from "./scopes.ts";

const oidc = { issuer: "https://login.example", audience: "osteon", jwks_url: "https://login.example/jwks" };
const faultsOf = (given: object) =>
  serviceConfigurationSchema
    .safeParse(given)
    .error?.issues.map(({ path, message }) => `${path.join(".")}: ${message}`) ?? [];

describe("service.oidc", () => {
  it("takes keys from an https address or a file, and not from both or neither", () => {
    const { jwks_url: _, ...without } = oidc;
    expect(faultsOf({ oidc })).toEqual([]);
    expect(faultsOf({ oidc: { ...without, jwks_path: "jwks.json" } })).toEqual([]);
    expect(faultsOf({ oidc: without })).toEqual(["oidc: must have one of the keys jwks_url and jwks_path"]);
    expect(faultsOf({ oidc: { ...oidc, jwks_path: "x" } })).toHaveLength(1);
  });

  it.each([
    ["https://login.example:8443/keys", true],
    ["http://127.0.0.1:9000/keys", true],
    ["http://localhost/keys", true],
    ["http://[::1]/keys", true],
    ["http://login.example/keys", false],
    ["http://127.0.0.1.example.org/keys", false],
    ["https://user:secret@login.example/keys", false],
    ["file:///etc/keys", false],
    ["login.example", false],
  ])("of %s it says %s", (jwks_url, allowed) => {
    expect(faultsOf({ oidc: { ...oidc, jwks_url } }).length === 0).toBe(allowed);
  });

  it.each(["HS256", "HS512", "none", "RS1", "rs256"])("takes no %s", (algorithm) => {
    expect(faultsOf({ oidc: { ...oidc, algorithms: [algorithm] } })).toHaveLength(1);
  });

  it("makes nobody an administrator by the name of a role alone", () => {
    expect(faultsOf({ oidc: { ...oidc, scope_claim: "roles" } })[0]).toMatch(/scope_claim: needs oidc\.scopes/);
    expect(faultsOf({ oidc: { ...oidc, scope_claim: "roles", scopes: { researcher: ["generate"] } } })).toEqual([]);
    expect(faultsOf({ oidc: { ...oidc, scopes: { researcher: ["everything"] } } })).toHaveLength(1);
  });
});

describe("service.trust_proxy", () => {
  it("takes addresses, networks and names of networks, and never everybody", () => {
    expect(faultsOf({ trust_proxy: ["10.0.0.5", "10.0.0.0/8", "::1", "fd00::/8", "loopback"] })).toEqual([]);
    for (const wrong of [true, "10.0.0.5", ["*"], ["proxy.example"], ["10.0.0.0/40"], [1]]) {
      expect(faultsOf({ trust_proxy: wrong })).not.toEqual([]);
    }
    expect(serviceConfigurationSchema.parse({}).trust_proxy).toEqual([]);
  });
});

describe("grantsScope", () => {
  it("gives administrators all, those who may ask for many the few, and nobody else more than was given", () => {
    for (const scope of scopeSchema.options) {
      expect(grantsScope(["admin"], scope)).toBe(true);
      expect(grantsScope([], scope)).toBe(false);
      for (const other of scopeSchema.options.filter((candidate) => candidate !== scope && candidate !== "admin")) {
        expect(grantsScope([other], scope)).toBe(other === "generate:bulk" && scope === "generate");
      }
    }
  });
});
