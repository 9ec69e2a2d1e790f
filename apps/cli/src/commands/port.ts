import { osteonError } from "@osteon/errors";

/** Reads `--port`. */
export function parsePort(text: string, command: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!(port <= 65_535)) {
    throw osteonError("configuration.option", { option: "--port", allowed: "a whole number of 0 to 65535", command });
  }
  return port;
}
