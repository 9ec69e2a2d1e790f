import { readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { listNames, writeFileAtomically } from "@osteon/registry";
import { UsageDay, usageDaySchema } from "./usage-day.ts";

const fileName = /^\d{4}-\d\d-\d\d\.json$/;

/** One file a day in a directory, each written whole or not at all. */
export class UsageFiles {
  readonly #directory: string;

  constructor(directory: string) {
    this.#directory = directory;
  }

  /**
   * Reads the newest days. A file that cannot be read as one of these is put aside under another name: a
   * damaged day must not keep a service from starting, nor be written over.
   *
   * @returns the days, and how many files were put aside
   */
  async load(most: number): Promise<{ readonly days: readonly UsageDay[]; readonly damaged: number }> {
    const names = (await this.#names()).slice(-most);
    const read = await Promise.all(names.map((name) => this.#read(name)));
    const days = read.filter((day) => day !== undefined);
    return { days, damaged: read.length - days.length };
  }

  async write(day: UsageDay): Promise<void> {
    day.changed = false;
    try {
      const text = `${JSON.stringify(day.toStored())}\n`;
      await writeFileAtomically(join(this.#directory, `${day.name}.json`), new TextEncoder().encode(text));
    } catch (error) {
      day.changed = true;
      throw error;
    }
  }

  /** Removes files whose names sort before `oldest`, at most `most` of them. */
  async removeBefore(oldest: string, most: number): Promise<void> {
    const old = (await this.#names()).filter((name) => name < oldest).slice(0, most);
    await Promise.all(old.map((name) => rm(join(this.#directory, name), { force: true })));
  }

  async #names(): Promise<readonly string[]> {
    return (await listNames(this.#directory)).filter((name) => fileName.test(name)).sort();
  }

  async #read(name: string): Promise<UsageDay | undefined> {
    const path = join(this.#directory, name);
    const text = await readFile(path, "utf8");
    try {
      const stored = usageDaySchema.parse(JSON.parse(text));
      if (`${stored.day}.json` === name) return UsageDay.fromStored(stored);
    } catch {
      // Told by the count.
    }
    await rename(path, `${path}.damaged`);
    return undefined;
  }
}
