import type { SelftestCheckName, SelftestCheckReport, SelftestFigure } from "@osteon/contracts";
import type { Installation } from "./installation.ts";
import type { ServiceUnderTest } from "./service-under-test.ts";

/** What figures are held against. */
export interface SelftestLimits {
  readonly p99Ms: number;
  readonly backupHours: number;
  readonly driftDays: number;
  readonly certificateDays: number;
  readonly freeDiskShare: number;
  /** How long a service may take to take up what was put on air. */
  readonly takeUpMs: number;
}

/** As the alert rules have them, and the service's promise of a second. */
export const defaultLimits: SelftestLimits = {
  p99Ms: 1_000,
  backupHours: 26,
  driftDays: 8,
  certificateDays: 30,
  freeDiskShare: 0.1,
  takeUpMs: 6_000,
};

/** What is tested, and how hard. */
export interface SelftestSubject {
  /** Undefined where no address was given. */
  readonly service: ServiceUnderTest | undefined;
  /** Undefined where the files are elsewhere. */
  readonly installation: Installation | undefined;
  readonly limits: SelftestLimits;
  /** Requests whose times are taken. */
  readonly requests: number;
  /** Whether a gate that was overridden with a reason is told, and not counted as failed. */
  readonly acceptOverride: boolean;
  readonly signal: AbortSignal;
}

/** What a check found. */
export type CheckOutcome = Pick<SelftestCheckReport, "state" | "finding"> &
  Partial<Pick<SelftestCheckReport, "figures" | "next">>;

/** One check. What it throws is a failure, told by its message. */
export interface SelftestCheck {
  readonly name: SelftestCheckName;
  readonly title: string;
  readonly kind: SelftestCheckReport["kind"];
  readonly run: (subject: SelftestSubject) => Promise<CheckOutcome>;
}

type Description = Omit<SelftestCheck, "run">;

/** A check of a running service. It is not made where there is none, or it does not answer. */
export function serviceCheck(
  about: Description,
  run: (service: ServiceUnderTest, subject: SelftestSubject) => Promise<CheckOutcome>,
): SelftestCheck {
  return {
    ...about,
    run: async (subject) => {
      if (subject.service === undefined) return notChecked("No service is named: give its address by --url.");
      const silence = await subject.service.silence();
      if (silence !== undefined) return notChecked("The service does not answer.");
      return run(subject.service, subject);
    },
  };
}

/** A check of files. It is not made where only an address was given. */
export function installationCheck(
  about: Description,
  run: (installation: Installation, subject: SelftestSubject) => Promise<CheckOutcome>,
): SelftestCheck {
  return {
    ...about,
    run: async (subject) =>
      subject.installation === undefined ? notChecked(noInstallation) : run(subject.installation, subject),
  };
}

export const noInstallation = "Only an address is given: name the files by --config or --registry where they are.";

export function passed(finding: string, figures: readonly SelftestFigure[] = []): CheckOutcome {
  return { state: "passed", finding, figures };
}

export function failed(finding: string, next: string, figures: readonly SelftestFigure[] = []): CheckOutcome {
  return { state: "failed", finding, next, figures };
}

export function notChecked(finding: string, figures: readonly SelftestFigure[] = []): CheckOutcome {
  return { state: "not checked", finding, figures };
}

export function atMost(name: string, value: number, unit: string, limit: number): SelftestFigure {
  return { name, value, unit, limit: { kind: "at most", value: limit } };
}

export function atLeast(name: string, value: number, unit: string, limit: number): SelftestFigure {
  return { name, value, unit, limit: { kind: "at least", value: limit } };
}

export function figure(name: string, value: number, unit: string): SelftestFigure {
  return { name, value, unit, limit: null };
}

/** Whether a figure keeps within its limit. */
export function isWithin({ value, limit }: SelftestFigure): boolean {
  if (limit === null) return true;
  return limit.kind === "at most" ? value <= limit.value : value >= limit.value;
}
