import { Server } from "node:https";
import type { FastifyInstance } from "fastify";
import type { CertificatePair } from "./certificate-pair.ts";

/** What HTTPS needs of a pair. */
export function secureContextOptions({ certificate, key }: CertificatePair) {
  return { cert: certificate, key, minVersion: "TLSv1.2" } as const;
}

/** Puts another pair in force for new connections; those that are open go on with the one before. */
export function replaceCertificate({ server }: FastifyInstance, pair: CertificatePair): void {
  if (server instanceof Server) server.setSecureContext(secureContextOptions(pair));
}
