// The measured half of bench/load.ts: one load in a process of its own.
import { openDatabase, readDatabase } from "@osteon/connectors";
import type { ServerAddress } from "@osteon/database-server";
import type { SourceExtract } from "@osteon/deidentification";
import { answerProcess, peakMebibytes } from "./ask-process.ts";

/** What is loaded, by the kind of its source. */
export interface LoadQuestion {
  readonly source: "database";
  readonly address: ServerAddress;
  /** With the expression. */
  readonly table: string;
}

export interface LoadAnswer {
  readonly patients: number;
  readonly genes: number;
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly peakMebibytes: number;
}

const loaders: Readonly<Record<LoadQuestion["source"], (question: LoadQuestion) => Promise<SourceExtract>>> = {
  database: async ({ address, table }) => {
    await using session = await openDatabase(address, "");
    const all = (name: string) => ({ name, text: `SELECT * FROM ${name}` });
    const expression = { ...all(table), unit: "log2(TPM+1)" } as const;
    const querySet = { patients: all("patients"), mutations: all("mutations"), expression };
    return await readDatabase(session, () => Promise.resolve(querySet));
  },
};

answerProcess(async (question: LoadQuestion): Promise<LoadAnswer> => {
  const cpuStart = process.cpuUsage();
  const start = performance.now();
  const { cohort } = await loaders[question.source](question);
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(cpuStart);
  return {
    patients: cohort.patientIds.length,
    genes: cohort.expression.genes.length,
    seconds,
    cpuSeconds: (user + system) / 1e6,
    peakMebibytes: peakMebibytes(),
  };
});
