import { readFile } from "node:fs/promises";
import { osteonError } from "@osteon/errors";

/**
 * A setting of the environment that is a secret: the variable itself, or the file that `NAME_FILE` names.
 *
 * @throws `registry.object-storage-settings` where neither or both are set, or the file holds no line
 */
export async function readSecretSetting(
  name: string,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<string> {
  const refuse = (setting: string, problem: string) =>
    osteonError("registry.object-storage-settings", { setting, problem });
  const text = environment[name] || undefined;
  const file = environment[`${name}_FILE`] || undefined;
  if (text !== undefined && file !== undefined)
    throw refuse(name, `and ${name}_FILE are both set: give one of the two`);
  if (text !== undefined) return text;
  if (file === undefined) throw refuse(name, `is not set, nor is ${name}_FILE, and registry.packages names a storage`);
  let content: string;
  try {
    content = await readFile(file, "utf8");
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? "unknown reason";
    throw refuse(`${name}_FILE`, `names a file that cannot be read (${reason})`);
  }
  const value = content.replace(/\r?\n$/, "");
  if (value === "" || /[\r\n\0]/.test(value)) throw refuse(`${name}_FILE`, "names a file that does not hold one line");
  return value;
}
