import { createHash } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gdcFileKinds } from "../download/file-kinds.ts";
import { listProject } from "../download/list-project.ts";
import { GdcService } from "../service/gdc-service.ts";
import { smallProject, type MadeUpProject } from "./gdc-project.ts";
import { startGdcServer } from "./gdc-server.ts";

/** A folder as a download leaves it, for the time of `use`. */
export async function withDownload<T>(
  use: (directory: string) => Promise<T>,
  project: MadeUpProject = smallProject(),
): Promise<T> {
  const directory = await mkdtemp(join(tmpdir(), "osteon-gdc-"));
  const server = await startGdcServer(project);
  try {
    const { cases, files } = await listProject(new GdcService({ service: server.url }), project.id);
    const text = cases.map((found) => `${JSON.stringify(found)}\n`).join("");
    for (const kind of gdcFileKinds) await mkdir(join(directory, kind));
    await Promise.all(
      files.map(({ id, path }) =>
        writeFile(join(directory, path), project.files.find((file) => file.id === id)!.content),
      ),
    );
    const record = {
      format: "osteon-gdc-download-1",
      project: project.id,
      service: server.url,
      listedAt: "2026-11-01T00:00:00.000Z",
      cases: { count: cases.length },
      files: files.map((file) => ({ ...file, state: "done" })),
    };
    await replaceCases(directory, JSON.stringify(record), text);
    return await use(directory);
  } finally {
    await server.close();
    await rm(directory, { recursive: true, force: true });
  }
}

/** Writes a table beside a download. */
export async function writeBeside(directory: string, name: string, text: string): Promise<string> {
  const folder = join(directory, "supplements");
  await mkdir(folder, { recursive: true });
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

/** Replaces the cases of a download, and what its record says of them. */
export async function replaceCases(directory: string, manifest: string, cases: string): Promise<void> {
  await writeFile(join(directory, "cases.jsonl"), cases);
  const record = JSON.parse(manifest) as { cases: Record<string, unknown> };
  record.cases = {
    ...record.cases,
    bytes: Buffer.byteLength(cases),
    md5: createHash("md5").update(cases).digest("hex"),
  };
  await writeFile(join(directory, "manifest.json"), JSON.stringify(record));
}
