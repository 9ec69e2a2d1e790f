import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { readConfiguration } from "../../apps/cli/src/configuration/read-configuration.ts";
import { kustomizations, renderedManifests, writtenManifests, type Manifest } from "./support/kubernetes-manifests.ts";
import { faultsOfFields, faultsOfValues } from "./support/kubernetes-schema.ts";

const folder = fileURLToPath(new URL("../../deploy/kubernetes", import.meta.url));
const rendered = kustomizations.flatMap((name) => renderedManifests(name) ?? []);
if (rendered.length === 0)
  console.warn("kubectl is not installed: the manifests are not rendered, but checked one by one");
const manifests = [...writtenManifests(), ...rendered];

/** As much of a pod as the rules below look at. */
interface Pod {
  readonly serviceAccountName?: string;
  readonly automountServiceAccountToken?: boolean;
  readonly terminationGracePeriodSeconds?: number;
  readonly hostNetwork?: boolean;
  readonly hostPID?: boolean;
  readonly securityContext?: Readonly<Record<string, unknown>>;
  readonly containers: readonly Container[];
  readonly initContainers?: readonly Container[];
  readonly volumes?: readonly Readonly<Record<string, unknown>>[];
}
interface Container {
  readonly name: string;
  readonly image: string;
  readonly securityContext?: Readonly<Record<string, unknown>>;
  readonly resources?: { readonly requests?: Record<string, string>; readonly limits?: Record<string, string> };
  readonly env?: readonly { readonly name: string; readonly value?: string }[];
}

/** Wherever a pod stands in a manifest: `template.spec` of a deployment, of a job, of a job's template. */
function podsOf(value: unknown): Pod[] {
  if (typeof value !== "object" || value === null) return [];
  const { containers } = value as { containers?: unknown };
  if (Array.isArray(containers)) return [value as Pod];
  return Object.values(value).flatMap(podsOf);
}

const pods = manifests.flatMap((manifest) => podsOf(manifest).map((pod) => ({ place: manifest.place, pod })));
const containers = pods.flatMap(({ place, pod }) =>
  [...pod.containers, ...(pod.initContainers ?? [])].map((container) => ({ place, container })),
);

describe("the manifests for Kubernetes", () => {
  it("are what its schemas ask for", async () => {
    expect(await faultsOfValues(manifests)).toEqual([]);
  });

  it("have no field that its API does not know", () => {
    expect(faultsOfFields(manifests)).toEqual([]);
    const misspelt = { place: "x", apiVersion: "v1", kind: "ServiceAccount", metadata: { name: "x", label: {} } };
    expect(faultsOfFields([misspelt])).toEqual([expect.stringContaining("'\"label\"' does not exist")]);
  });

  it("come with everything that a deployment needs", () => {
    const kinds = new Set(manifests.map(({ kind }) => kind));
    for (const kind of [
      "Namespace",
      "Deployment",
      "Service",
      "Ingress",
      "NetworkPolicy",
      "ServiceAccount",
      "CronJob",
    ]) {
      expect(kinds).toContain(kind);
    }
    expect(containers.length).toBeGreaterThanOrEqual(3);
    for (const namespace of ofKind("Namespace")) {
      expect(namespace).toHaveProperty(["metadata", "labels", "pod-security.kubernetes.io/enforce"], "restricted");
    }
  });

  it.each(pods)("keep the pod of $place from what it does not need", ({ pod }) => {
    expect(pod.securityContext).toMatchObject({
      runAsNonRoot: true,
      runAsUser: 65532,
      seccompProfile: { type: "RuntimeDefault" },
    });
    expect(pod).toMatchObject({ serviceAccountName: "osteon", automountServiceAccountToken: false });
    expect(pod.hostNetwork ?? pod.hostPID ?? false).toBe(false);
    expect(pod.volumes?.filter((volume) => "hostPath" in volume)).toEqual([]);
  });

  it.each(containers)("keep the container of $place from what it does not need", ({ container }) => {
    expect(container.securityContext).toMatchObject({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
    });
    expect(container.securityContext).not.toHaveProperty("privileged");
    expect(container.resources?.limits).toMatchObject({ cpu: expect.any(String), memory: expect.any(String) });
    expect(container.resources?.requests).toMatchObject({ cpu: expect.any(String), memory: expect.any(String) });
    expect(container.image).not.toMatch(/:latest$/);
    for (const { name, value } of container.env ?? []) {
      if (/KEY|SECRET|PASSWORD|TOKEN|URL/.test(name) && value !== undefined) expect(name).toMatch(/_FILE$/);
    }
  });

  it("name an image by its version where they are rendered", () => {
    const images = rendered.flatMap((manifest) => podsOf(manifest)).flatMap((pod) => pod.containers);
    for (const { image } of images) expect(image).toMatch(/:\d+\.\d+\.\d+$|@sha256:[0-9a-f]{64}$/);
  });

  it("let nothing in or out that no policy names", () => {
    expect(ofKind("NetworkPolicy")).toContainEqual(
      expect.objectContaining({ spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"] } }),
    );
  });

  it("hold no secret", () => {
    expect(ofKind("Secret")).toEqual([]);
    expect(JSON.stringify(manifests)).not.toMatch(/AGE-SECRET-KEY|PRIVATE KEY|postgres(?:ql)?:\/\//);
  });

  it.each(configurationFiles())("have the configuration %s that Osteon accepts", async (file) => {
    const { service } = await readConfiguration(join(folder, file), {});
    // Kubernetes sends SIGKILL after the grace period: what is under way is to be answered before.
    const drainSeconds = (service.drain_notice_ms + service.drain_timeout_ms) / 1000;
    for (const deployment of ofKind("Deployment")) {
      for (const pod of podsOf(deployment)) expect(pod.terminationGracePeriodSeconds).toBeGreaterThan(drainSeconds);
    }
  });

  it("divide the limits among as many services as there may be", async () => {
    const one = (await readConfiguration(join(folder, "base/configuration.yaml"), {})).service.limits;
    const each = (await readConfiguration(join(folder, "replicated/configuration.yaml"), {})).service.limits;
    const [autoscaler] = ofKind("HorizontalPodAutoscaler");
    const most = (autoscaler!["spec"] as { maxReplicas: number }).maxReplicas;
    for (const name of ["patients_per_day", "profile_patients_per_day", "profile_patients_per_day_in_all"] as const) {
      expect(each[name] * most).toBeLessThanOrEqual(one[name]);
    }
  });
});

function ofKind(kind: string): Manifest[] {
  return manifests.filter((manifest) => manifest.kind === kind);
}

function configurationFiles(): string[] {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
  return files.filter((file) => file.endsWith("configuration.yaml"));
}
