import { OsteonError, osteonError } from "./osteon-error.ts";

/** The parts that Node adds to an error of the operating system. */
interface SystemErrorParts {
  readonly code: string;
  readonly syscall?: unknown;
  readonly path?: unknown;
  readonly dest?: unknown;
  readonly address?: unknown;
  readonly port?: unknown;
}

/**
 * Says an error of the operating system (`EACCES`, `ENOSPC`, `EADDRINUSE`, …) in words of the catalogue.
 * The one place where that is done: whatever was not foreseen nearer to its cause comes here.
 *
 * @returns null where the error is none of the system's
 */
export function translateSystemError(error: unknown): OsteonError | null {
  if (!isSystemError(error)) return null;
  const { code: reason, syscall } = error;
  const path = textOr(error.path, textOr(error.dest, "a file or directory"));
  const address = textOr(error.address, textOr((error as { hostname?: unknown }).hostname, "the address given"));
  const port = typeof error.port === "number" ? error.port : "given";
  const options = { cause: error };
  switch (reason) {
    case "EADDRINUSE":
      return osteonError("system.address-in-use", { address, port, reason }, options);
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return osteonError("system.address", { address, reason }, options);
    case "EACCES":
    case "EPERM":
    case "EROFS":
      return syscall === "listen"
        ? osteonError("system.port-not-permitted", { port, reason }, options)
        : osteonError("system.permission", { path, reason }, options);
    case "ENOSPC":
    case "EDQUOT":
    case "EFBIG":
      return osteonError("system.no-space", { path, reason }, options);
    case "ENOTDIR":
    case "EEXIST":
    case "ENOTEMPTY":
      return osteonError("system.not-a-directory", { path, reason }, options);
    case "EISDIR":
      return osteonError("system.is-a-directory", { path, reason }, options);
    case "ENOENT":
      return osteonError("system.missing", { path, reason }, options);
    case "ENAMETOOLONG":
    case "ELOOP":
      return osteonError("system.path", { path, reason }, options);
    case "EMFILE":
    case "ENFILE":
      return osteonError("system.exhausted", { what: "open files", reason }, options);
    case "ENOMEM":
      return osteonError("system.exhausted", { what: "memory", reason }, options);
    default:
      return osteonError("system.failed", { operation: textOr(syscall, "an operation"), path, reason }, options);
  }
}

/** Node's own errors (`ERR_…`) are faults of the program, not of the system. */
function isSystemError(error: unknown): error is Error & SystemErrorParts {
  if (!(error instanceof Error) || error instanceof OsteonError) return false;
  const { code, syscall } = error as { code?: unknown; syscall?: unknown };
  return typeof code === "string" && /^E[A-Z0-9_]+$/.test(code) && !code.startsWith("ERR_") && syscall !== undefined;
}

function textOr(value: unknown, otherwise: string): string {
  return typeof value === "string" && value !== "" ? value : otherwise;
}
