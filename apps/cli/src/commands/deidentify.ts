import { join } from "node:path";
import { osteonError } from "@osteon/errors";
import { reportDeidentification, runLayout } from "@osteon/pipeline";
import { writeFileAtomically } from "@osteon/registry";
import type { Command } from "commander";
import type { CommandContext } from "../command-context.ts";
import { configurationFrom } from "../configuration/read-configuration.ts";
import { executeRun, readPatientIds } from "./execute-run.ts";

interface DeidentifyOptions {
  readonly config?: string;
  readonly run: string;
  readonly patients?: string;
  readonly report?: string | true;
  readonly check?: boolean;
  readonly json?: boolean;
}

/** `osteon deidentify`: reads and de-identifies alone, for the privacy officer. */
export function addDeidentifyCommand(program: Command, context: CommandContext): void {
  program
    .command("deidentify")
    .summary("read and de-identify alone, and report it to the privacy officer")
    .description(
      "Runs the steps load and deidentify and says how each point of the de-identification was met. Nothing is trained.\n\n" +
        "The report names columns and counts, never a value; counts of one to four are not printed.",
    )
    .option("-c, --config <file>", "configuration; `osteon init` writes one")
    .option("-r, --run <directory>", "run directory, made if it is not there", "osteon-data/run")
    .option("-p, --patients <file>", "use only the source patients whose ids this file lists, one a line")
    .option("--report [file]", `write the report as Markdown, and as JSON beside it (default: in the run directory)`)
    .option("--check", "end with exit code 3 where a point is open")
    .option("--json", "print the report as JSON on standard output, in place of the points")
    .addHelpText("after", "\nExample:\n  osteon deidentify --config osteon.yaml --run runs/first --report --check")
    .action(async ({ config, run, patients, report, check, json }: DeidentifyOptions) => {
      const configuration = await configurationFrom(config, context.environment);
      const manifest = await executeRun(
        {
          configuration,
          directory: run,
          steps: ["load", "deidentify"],
          ...(patients !== undefined && { patientIds: await readPatientIds(patients) }),
        },
        context,
      );
      const rendered = await reportDeidentification(run, manifest);
      const { points, passed } = rendered.json;
      const data = `${JSON.stringify(rendered.json, null, 2)}\n`;
      const place = report === true ? join(run, runLayout.deidentificationReport) : report;
      if (place !== undefined) {
        await writeFileAtomically(place, new TextEncoder().encode(rendered.markdown));
        const beside = `${place.replace(/\.md$/, "")}.json`;
        await writeFileAtomically(beside, new TextEncoder().encode(data));
        context.terminal.line(`Report ${place}, as data ${beside}`);
      }
      if (json) context.print(data);
      else for (const { point, state, sentence } of points) context.print(`${marks[state]} ${point}: ${sentence}`);
      if (!check || passed) return;
      const open = points.filter(({ state }) => state === "open").map(({ point }) => point);
      throw osteonError("pipeline.deidentification-open", { points: open.join("; ") });
    });
}

const marks = { met: "✔", open: "✘", tests: "–" } as const;
