import { createServer, request, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What becomes of an answer of `POST /generate` after some of its lines. */
interface Interruption {
  /** Nothing more comes; the connection breaks; or the answer ends as if it were whole, as a faulty proxy does. */
  readonly how: "hold" | "break" | "end";
  readonly afterLines: number;
}

/** Stands between a browser and the service, and interrupts patients where it is told to. */
export interface InterruptingProxy {
  readonly address: string;
  /** From now on; null passes everything on. */
  interrupt: (interruption: Interruption | null) => void;
  /** Resolves when the browser has closed the connection of a held answer, and the service's was closed with it. */
  readonly gaveUp: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** @param target origin of the service */
export async function startInterruptingProxy(target: string): Promise<InterruptingProxy> {
  let interruption: Interruption | null = null;
  let tellGivenUp: () => void = () => undefined;
  const givenUp = new Promise<void>((resolve) => (tellGivenUp = resolve));
  const server = createServer((incoming, outgoing) => {
    const isGeneration = incoming.method === "POST" && incoming.url?.startsWith("/generate") === true;
    const planned = isGeneration ? interruption : null;
    const headers = { ...incoming.headers, ...(isGeneration && { "accept-encoding": "identity" }) };
    const forwarded = request(new URL(incoming.url!, target), { method: incoming.method!, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode!, answer.headers);
      if (planned === null || answer.statusCode !== 200) answer.pipe(outgoing);
      else void passLines(answer, outgoing, planned);
    });
    forwarded.on("error", () => outgoing.destroy());
    outgoing.once("close", () => {
      if (outgoing.writableFinished) return;
      forwarded.destroy();
      if (planned?.how === "hold") tellGivenUp();
    });
    incoming.pipe(forwarded);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    interrupt: (next) => (interruption = next),
    gaveUp: () => givenUp,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function passLines(
  answer: IncomingMessage,
  outgoing: ServerResponse,
  { how, afterLines }: Interruption,
): Promise<void> {
  let passed = "";
  for await (const piece of answer.setEncoding("utf8")) {
    passed += piece as string;
    if (passed.split("\n").length > afterLines) break;
  }
  const lines = passed.split("\n").slice(0, afterLines);
  outgoing.write(lines.map((line) => `${line}\n`).join(""), () => {
    if (how === "break") outgoing.destroy();
    if (how === "end") outgoing.end();
  });
}
