import { execFile } from "node:child_process";

/** What npm printed. A finding makes it end with another code than 0, so the code alone says nothing. */
export interface NpmOutput {
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs npm in the project, with the npm that runs this script where there is one.
 *
 * @param limitSeconds npm is ended after this time; offline it would try again for minutes
 */
export function runNpm(root: string, words: readonly string[], limitSeconds = 90): Promise<NpmOutput> {
  const script = process.env["npm_execpath"];
  const [program, first] = script === undefined ? ["npm", []] : [process.execPath, [script]];
  return new Promise((resolve) => {
    execFile(
      program,
      [...first, ...words, "--fetch-retries=1", "--loglevel=error"],
      { cwd: root, timeout: limitSeconds * 1000, maxBuffer: 2 ** 28 },
      (error, stdout, stderr) => {
        const ended = error?.killed === true ? `It was ended after ${limitSeconds} s without an answer. ` : "";
        resolve({ stdout, stderr: ended + stderr + (error && !stderr ? error.message : "") });
      },
    );
  });
}

/** Why npm could not do it, in one line. */
export function explainFailure({ stdout, stderr }: NpmOutput): string {
  const told = /"(?:summary|message)": "([^"\\]+)/.exec(stdout)?.[1] ?? stderr;
  return told.replaceAll(/\s+/gu, " ").trim().slice(0, 240) || "npm printed nothing";
}
