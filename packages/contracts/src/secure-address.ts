import { z } from "zod";

const ipv4 = z.ipv4();

/** Whether a name or an IP address, IPv6 without brackets, is this computer: then nobody stands between. */
export function isLoopbackHost(host: string): boolean {
  return host === "localhost" || host === "::1" || (host.startsWith("127.") && ipv4.safeParse(host).success);
}

/** Whether nobody can read or change on the way what goes to an address: https, or http on this computer. */
export function isSecureUrl({ protocol, hostname }: Pick<URL, "protocol" | "hostname">): boolean {
  return protocol === "https:" || (protocol === "http:" && isLoopbackHost(hostname.replace(/^\[(.*)\]$/, "$1")));
}

/** The same of a text, in which no password may stand: it would be in plain there. */
export function isSecureAddress(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && url.username === "" && url.password === "" && isSecureUrl(url);
}
