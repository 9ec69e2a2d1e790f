const frame = /^ +at (?:[\w.<>#$ [\]]+ \()?(?:file:\/\/\/|node:|\/|[A-Z]:\\)[^()\s]*:\d+:\d+\)?$/;

/**
 * The places of an error's stack and nothing else: the message of a foreign error, which stands before them and may
 * have several lines, may quote data.
 */
export function stackFramesOf({ stack = "", message }: Error): readonly string[] {
  const after = message === "" ? 0 : stack.indexOf(message) + message.length;
  return stack
    .slice(after)
    .split("\n")
    .filter((line) => frame.test(line));
}

/** The kind of an error, where it has the form of one. */
export function kindOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return typeof thrown;
  return /^\w{1,64}$/.test(thrown.name) ? thrown.name : "Error";
}
