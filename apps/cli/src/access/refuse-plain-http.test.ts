import { describe, expect, it } from "vitest";
import { refusePlainHttp } from "./refuse-plain-http.ts";

const tls = { certificate_path: "a", key_path: "b" };

describe("plain HTTP", () => {
  it.each(["127.0.0.1", "127.8.8.8", "localhost", "::1"])("is fine at %s, which only this computer reaches", (host) => {
    refusePlainHttp({ host, tls: undefined, behind_proxy: false });
  });

  it.each(["0.0.0.0", "::", "192.0.2.1", "127.0.0.1.example.org", "127.x", "localhost.example.org"])(
    "is refused at %s, unless there is TLS or a proxy that has it",
    (host) => {
      expect(() => refusePlainHttp({ host, tls: undefined, behind_proxy: false })).toThrow(
        expect.objectContaining({ code: "service.plain-http" }),
      );
      refusePlainHttp({ host, tls, behind_proxy: false });
      refusePlainHttp({ host, tls: undefined, behind_proxy: true });
    },
  );
});
