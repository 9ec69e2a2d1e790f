import { expect, it } from "vitest";
import { isLoopbackHost, isSecureAddress } from "./secure-address.ts";

it("takes names and addresses of this computer for it, and nothing that begins like one", () => {
  for (const host of ["localhost", "::1", "127.0.0.1", "127.8.8.8"])
    expect([host, isLoopbackHost(host)]).toEqual([host, true]);
  for (const host of [
    "",
    "[::1]",
    "::",
    "0.0.0.0",
    "127.1",
    "127.0.0.1.example.org",
    "127.999.0.1",
    "localhost.example.org",
  ]) {
    expect([host, isLoopbackHost(host)]).toEqual([host, false]);
  }
});

it("takes https anywhere and http here alone, without a password", () => {
  for (const address of ["https://example.org/hook", "http://[::1]:9/x", "http://127.0.0.1/", "http://localhost:1"]) {
    expect([address, isSecureAddress(address)]).toEqual([address, true]);
  }
  for (const address of [
    "http://example.org",
    "http://127.example.org",
    "https://a:b@example.org",
    "ftp://localhost",
    "x",
  ]) {
    expect([address, isSecureAddress(address)]).toEqual([address, false]);
  }
});
