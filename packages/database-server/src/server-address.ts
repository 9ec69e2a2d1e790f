/** How a connection is guarded, in PostgreSQL's words (`sslmode`). */
export type TlsMode = "verify-full" | "verify-ca" | "require" | "disable";

/** Where a PostgreSQL server is and who asks. Held in memory only: the password is never written or told. */
export interface ServerAddress {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  /** Undefined: `pg` looks into PGPASSWORD and the password file, else none is given. */
  readonly password: string | undefined;
  readonly tls: TlsMode;
  /** Certificates, in PEM, that the server's is checked against; the system's where undefined. */
  readonly rootCertificate: string | undefined;
}
