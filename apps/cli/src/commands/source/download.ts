import { mkdir } from "node:fs/promises";
import { downloadGdcProject, publicGdcService, type GdcProgress } from "@osteon/connectors";
import { osteonError } from "@osteon/errors";
import { lockDirectory } from "@osteon/embedded-database";
import type { Command } from "commander";
import type { CommandContext } from "../../command-context.ts";
import { bytesOf, countOf } from "../../terminal/amounts.ts";

interface DownloadOptions {
  readonly project: string;
  readonly out: string;
  readonly service: string;
  readonly parallel: string;
  readonly refresh?: boolean;
  readonly json?: boolean;
}

/** `osteon source download`: a project of the Genomic Data Commons, open data only. */
export function addDownloadCommand(source: Command, { terminal, print, signal }: CommandContext): void {
  source
    .command("download")
    .summary("get a project of the NCI's Genomic Data Commons")
    .description(
      "Downloads the clinical data and the open files of mutations, expression and gene-level copy number of a GDC " +
        "project. Controlled files are not asked for, and no token is needed.\n\n" +
        "A download that was stopped goes on at the same command. One that is whole is checked, without a request: " +
        "the folder may be carried to a computer without internet and checked there.",
    )
    .requiredOption("--project <id>", "project, as the GDC writes it")
    .requiredOption("--out <directory>", "where to, made if it is not there")
    .option("--service <address>", "API of the GDC or of a mirror", publicGdcService)
    .option("--parallel <number>", "files fetched at once, 1 to 16", "4")
    .option("--refresh", "ask for the list of files anew, after a data release")
    .option("--json", "print what there is as JSON on standard output")
    .addHelpText(
      "after",
      "\nBehind a proxy, set NODE_USE_ENV_PROXY=1 beside HTTPS_PROXY.\n" +
        "\nExample:\n  osteon source download --project TARGET-OS --out target-os",
    )
    .action(async ({ project, out, service, parallel, refresh, json }: DownloadOptions) => {
      const files = parseParallel(parallel);
      await mkdir(out, { recursive: true });
      const lock = await lockDirectory(out, (holder) => osteonError("connectors.gdc-locked", { ...holder }));
      try {
        terminal.status("asking for the list of files …");
        const onProgress = (progress: GdcProgress) => terminal.status(describeProgress(progress));
        const options = { service, parallel: files, refresh: refresh ?? false, onProgress, signal };
        const download = await downloadGdcProject(project, out, options);
        terminal.status("");
        if (json) print(JSON.stringify(download));
        else {
          const { mutations, expression, "copy-number": copyNumber } = download.files;
          print(
            `${project}: ${countOf(download.cases, "case")}; files of mutations ${mutations}, of expression ` +
              `${expression}, of copy number ${copyNumber}; ${bytesOf(download.bytes)} in ${out}, ` +
              (download.fetched === 0 ? "all there before and sound" : `${countOf(download.fetched, "file")} new`),
          );
          terminal.line(`Next: data: { source: gdc, path: ${out} } in a configuration, and osteon run`);
        }
      } finally {
        await lock.release();
      }
    });
}

function describeProgress({ files, filesDone, bytes, bytesDone }: GdcProgress): string {
  return `download: ${filesDone} of ${countOf(files, "file")}, ${bytesOf(bytesDone)} of ${bytesOf(bytes)} …`;
}

function parseParallel(text: string): number {
  const files = Number(text);
  if (Number.isInteger(files) && files >= 1 && files <= 16) return files;
  throw osteonError("configuration.option", { option: "--parallel", allowed: "1 to 16", command: "source download" });
}
