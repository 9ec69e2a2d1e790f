/** Where a file of the repository goes in the site, and under which heading it is listed. */
export interface PagePlace {
  /** Path in the repository. */
  readonly source: string;
  /** Path in the site. */
  readonly target: string;
  readonly group: string;
}

/** The page that is no Markdown: drawn by the service's own renderer. */
export const referencePage = { target: "api-reference.html", title: "API reference", group: "The service" } as const;

/** Known names in the order of reading; a page of docs/ that is not named here is listed under the last heading. */
const order: Readonly<Record<string, readonly string[]>> = {
  "Begin here": ["docs/README.md", "README.md"],
  "Data in": [
    "docs/reading-data.md",
    "docs/databases.md",
    "docs/omop.md",
    "docs/gdc.md",
    "docs/files.md",
    "docs/de-identification.md",
    "docs/quality.md",
    "docs/data-dictionary.md",
  ],
  Models: ["docs/using-synthetic-data.md", "docs/model-card.md", "docs/differential-privacy.md", "docs/drift.md"],
  "The service": [
    "docs/api.md",
    referencePage.target,
    "docs/api-access.md",
    "docs/web-application.md",
    "docs/performance.md",
  ],
  Operation: [
    "docs/deployment.md",
    "docs/runbook.md",
    "docs/registry.md",
    "docs/rollback.md",
    "docs/backup.md",
    "docs/disaster-recovery.md",
    "docs/monitoring.md",
  ],
  "Privacy and security": [
    "docs/compliance.md",
    "docs/audit.md",
    "docs/security.md",
    "SECURITY.md",
    "docs/dependencies.md",
  ],
  Development: ["docs/architecture.md", "CONTRIBUTING.md", "bench/README.md", "CHANGELOG.md", "LICENSE"],
};
const decisions = "Decisions";
const others = "More";

const targets: Readonly<Record<string, string>> = {
  "docs/README.md": "index.html",
  "bench/README.md": "benchmarks.html",
  "SECURITY.md": "security-policy.html",
};

/** Places of the files in the order of the navigation. @param sources paths in the repository */
export function placePages(sources: readonly string[]): PagePlace[] {
  const known = Object.entries(order).flatMap(([group, names]) =>
    names.flatMap((source) =>
      source === referencePage.target
        ? [{ source, target: source, group }]
        : sources.includes(source)
          ? [{ source, target: targetOf(source), group }]
          : [],
    ),
  );
  const named = new Set(known.map(({ source }) => source));
  const rest = sources
    .filter((source) => !named.has(source))
    .toSorted()
    .map((source) => ({
      source,
      target: targetOf(source),
      group: source.startsWith("docs/adr/") ? decisions : others,
    }));
  const isDecision = ({ group }: PagePlace) => group === decisions;
  return [...known, ...rest.filter((place) => !isDecision(place)), ...rest.filter(isDecision)];
}

function targetOf(source: string): string {
  return (
    targets[source] ??
    `${source
      .replace(/^docs\//, "")
      .replace(/\.md$/, "")
      .toLowerCase()}.html`
  );
}
