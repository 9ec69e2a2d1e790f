import { userInfo } from "node:os";

/**
 * Who runs this process, by the name that the system knows; `uid-65532` where it knows none, as in a container whose
 * user was chosen by number.
 */
export function userName(read: () => { readonly username: string } = userInfo): string {
  try {
    return read().username;
  } catch (error) {
    const isUnknown = (error as { info?: { code?: string } }).info?.code === "ENOENT";
    if (!isUnknown || process.getuid === undefined) throw error;
    return `uid-${process.getuid()}`;
  }
}
