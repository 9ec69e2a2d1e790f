import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { OsteonError } from "@osteon/errors";
import { describe, expect, it } from "vitest";
import { parseConfiguration, readConfiguration } from "./read-configuration.ts";

const file = "/etc/osteon/osteon.yaml";
const parse = (text: string, environment: Record<string, string> = {}) => parseConfiguration(text, file, environment);

function faultOf(text: string, environment: Record<string, string> = {}): OsteonError {
  try {
    parse(text, environment);
  } catch (error) {
    expect(error).toBeInstanceOf(OsteonError);
    return error as OsteonError;
  }
  throw new Error("no fault was found");
}

describe("a configuration", () => {
  it.each([
    ["nothing", ""],
    ["remarks alone", "# nothing\n"],
    ["groups whose lines are all remarks", "encryption:\n  # key_path: x\ntraining:\n"],
    ["a key without a value", "phi_removal:\n  release:\n"],
  ])("of %s is the defaults", (_, text) => {
    expect(parse(text)).toEqual(parse("{}"));
    expect(parse(text).data).toMatchObject({ source: "demonstration", patients: 120 });
  });

  it("may have a byte order mark and Windows line ends", () => {
    const text = "training:\r\n  seed: 7\r\n  folds: 3 # few\r\ncohort:\r\n  required: [survival]\r\n";
    expect(parse(`\uFEFF${text}`)).toEqual(parse(text.replaceAll("\r", "")));
    expect(parse(text).training).toMatchObject({ seed: 7, folds: 3 });
  });

  it("cannot be changed once read", () => {
    const configuration = parse("");
    expect(() => Object.assign(configuration.training, { seed: 2 })).toThrow(TypeError);
    expect(() => (configuration.cohort.required as string[]).push("x")).toThrow(TypeError);
  });

  it("has its paths relative to its own folder, and absolute ones as they are", () => {
    const text = "data: { source: cbioportal, path: studies/os }\nencryption:\n  key_path: /keys/id.txt\n";
    expect(parse(text).data).toMatchObject({ path: "/etc/osteon/studies/os" });
    expect(parse(text).encryption.key_path).toBe("/keys/id.txt");
    // A default is not in the file.
    expect(parse(text).storage.directory).toBe("osteon-data/ledger");
  });
});

describe("a fault in a configuration", () => {
  it.each([
    // An unknown key: path, line and column of the key itself, and the likely one.
    ["training:\n  sed: 1\n", /training\.sed \(line 2, column 3\): no such key; did you mean seed\?/],
    ["trainin:\n  seed: 1\n", /trainin \(line 1, column 1\): no such key; did you mean training\?/],
    ["storage:\n  zebra: 1\n", /storage\.zebra .*no such key; there are directory/],
    ["data:\n  source: cbioportal\n  path: x\n  patients: 3\n", /data\.patients \(line 4, column 3\): no such key/],
    // Type and range.
    ["training:\n  folds: many\n", /training\.folds \(line 2, column 3\): must be an integer of 2 to 20\./],
    ["training: { folds: 1.5 }\n", /training\.folds .*integer of 2 to 20/],
    ["training: { folds: .inf }\n", /training\.folds .*integer of 2 to 20/],
    ["training: { seed: -1 }\n", /training\.seed .*an integer of 0 to 9007199254740991/],
    ["training: { seed: 9007199254740993 }\n", /training\.seed/],
    ["training: { architecture: gan }\n", /training\.architecture .*must be "auto" or "factor-copula" or "cvae"/],
    ["data: { patients: 10 }\n", /data\.source.*must be "demonstration" or "cbioportal" or "files"/],
    [
      "data: { source: excel }\n",
      /data\.source \(line 1, column 9\): must be "demonstration" or "cbioportal" or "files"/,
    ],
    ["data: { source: demonstration, patients: 10 }\n", /data\.patients .*an integer of 30 to 100000 patients/],
    ["data: { source: cbioportal }\n", /data\.path \(line 1, column 1\): must be a text that is not empty/],
    ["data: { source: cbioportal, path: '' }\n", /data\.path .*must be a text that is not empty/],
    ["phi_removal: { age_precision_years: 50 }\n", /age_precision_years .*a number of 0\.084 to 10 years/],
    ["phi_removal: { fields_to_remove: SEX }\n", /fields_to_remove .*must be a list \[a, b, …\] of a text/],
    ["phi_removal: { release: " + "x".repeat(65) + " }\n", /release .*a text of 1 to 64 characters/],
    ["cohort: { small_cohort: yes }\n", /small_cohort .*must be true or false/],
    ["cohort: { required: [age, blood] }\n", /cohort\.required\.1 \(line 1, column 27\): must be "survival" or "age"/],
    ["generation: { scenarios: { Bad Name: {} } }\n", /scenarios\.Bad Name .*must be 1 to 64 of a–z/],
    ["generation:\n  scenarios:\n    a: { age: 200 }\n", /scenarios\.a\.age \(line 3, column 10\): .*0 to 89 years/],
    ["generation: { scenarios: { a: { survival_time: -3 } } }\n", /survival_time .*0 to 36525 days/],
    ["generation: { scenarios: { a: { event_occurred: 2 } } }\n", /event_occurred .*must be 0 or 1/],
    ["generation: { scenarios: { a: { grade: 2 } } }\n", /a\.grade .*there are survival_time, event_occurred/],
    ["service: 8080\n", /service \(line 1, column 1\): must be a group of the keys host, port, token_path/],
    ["- a\n- b\n", /the file: must be a group of the keys data, /],
    ["just text\n", /the file: must be a group of the keys/],
    ["__proto__: { x: 1 }\n", /__proto__ .*no such key/],
  ])("%j is told with its key and what that takes", (text, expected) => {
    const fault = faultOf(text);
    expect(fault.code).toBe("configuration.invalid");
    expect(fault.message).toMatch(expected);
    expect(fault.message).toContain(`The configuration ${file} has a fault.`);
  });

  it("is told together with all the others, each on its line", () => {
    const fault = faultOf("training:\n  folds: 1\n  color: red\nservice:\n  port: 70000\nquality: {}\n");
    expect(fault.message).toContain("has 4 faults");
    const listed = fault.message.split("\n").slice(1);
    expect(listed).toHaveLength(4);
    for (const key of ["training.folds", "training.color", "service.port", "quality"]) {
      expect(listed.filter((line) => line.startsWith(`  - ${key} (line `))).toHaveLength(1);
    }
  });

  it("does not repeat a value", () => {
    const text = "training: { folds: Mustermann, seed: 1.2345 }\ndata: { source: Mustermann }\n";
    expect(faultOf(text).message).not.toMatch(/Mustermann|1\.2345/);
  });

  it.each([
    ["a: [1, 2\n", 2, 1, /not closed/],
    ["service: { port: ${PORT} }\n", 1, 19, /quote the value/],
    ["training:\n  seed: 1\n seed: 2\n", 3, 1, /indented/],
    ["training:\n\tseed: 1\n", 2, 1, /tab/],
    ["training:\n  seed: 1\n  seed: 2\n", 3, 3, /same key/],
    ["training: {}\n---\ntraining: {}\n", 2, 1, /second document/],
    ["release: a: b\n", 1, 10, /quote the value/],
    ["data: !secret x\n", 1, 7, /tag/],
    ["data: *nobody\n", 1, 7, /alias/],
  ])("of YAML in %j is told with line and column", (text, line, column, reason) => {
    const fault = faultOf(text);
    expect(fault).toMatchObject({ code: "configuration.syntax", parameters: { file, line, column } });
    expect(fault.parameters["reason"]).toMatch(reason);
  });

  it("that unfolds into more than memory holds is refused", () => {
    const bomb = Array.from({ length: 12 }, (_, i) => `k${i + 1}: &a${i + 1} [${Array(9).fill(`*a${i}`).join(", ")}]`);
    const text = ["k0: &a0 [x, x]", ...bomb].join("\n");
    expect(faultOf(text).code).toBe("configuration.syntax");
  });
});

describe("references to the environment", () => {
  it("become what their key takes", () => {
    const text =
      "service: { port: '${PORT}', host: '${HOST:-0.0.0.0}' }\n" +
      "cohort:\n  small_cohort: ${SMALL}\nphi_removal:\n  release: ${RELEASE}\n" +
      "  fields_to_remove: ['${COLUMN}', '$${x}']\n" +
      "generation: { scenarios: { a: { event_occurred: '${EVENT}', survival_time: '${TIME}' } } }\n" +
      "data: { source: cbioportal, path: '${ROOT}/study' }\n";
    const environment = {
      PORT: "9090",
      HOST: "",
      SMALL: "true",
      RELEASE: "2024",
      COLUMN: "SEX",
      EVENT: "1",
      TIME: "12.5",
      ROOT: "/data",
    };
    const configuration = parse(text, environment);
    expect(configuration.service).toMatchObject({ port: 9090, host: "0.0.0.0" });
    expect(configuration.cohort.small_cohort).toBe(true);
    expect(configuration.phi_removal).toMatchObject({ release: "2024", fields_to_remove: ["SEX", "${x}"] });
    expect(configuration.generation.scenarios).toEqual({ a: { event_occurred: 1, survival_time: 12.5 } });
    expect(configuration.data).toMatchObject({ path: "/data/study" });
  });

  it("that are not set are named, all of them, once each", () => {
    const fault = faultOf("service:\n  port: ${PORT}\ndata:\n  source: cbioportal\n  path: ${ROOT}/${STUDY}\n");
    expect(fault.message).toContain("has 2 faults");
    expect(fault.message).toContain("service.port (line 2, column 3): the environment variable PORT is not set");
    expect(fault.message).toContain("data.path (line 5, column 3): the environment variable ROOT is not set; the env");
  });

  it("that hold something else than the key takes are told without the value", () => {
    const fault = faultOf("service:\n  port: ${PORT}\n", { PORT: "Mustermann" });
    expect(fault.message).toMatch(/service\.port \(line 2, column 3\): must be an integer of 0 to 65535/);
    expect(fault.message).not.toContain("Mustermann");
  });

  it("cannot bring structure in", () => {
    const fault = faultOf("phi_removal:\n  fields_to_remove: ${X}\n", { X: "[SEX]" });
    expect(fault.message).toMatch(/fields_to_remove .*must be a list/);
    expect(parse("phi_removal: { release: '${X}' }\n", { X: "a: &b *b" }).phi_removal.release).toBe("a: &b *b");
  });

  it.each(["${", "${1X}", "${A-b}", "${}"])("%j is a mistake, not text", (text) => {
    expect(faultOf(`phi_removal:\n  release: "x${text}"\n`, { A: "a" }).message).toMatch(/write \$\$\{ where/);
  });
});

describe("a secret", () => {
  const secrets = {
    "an age identity": `AGE-SECRET-KEY-1${"Q".repeat(58)}`,
    "a password in a URL": "postgres://osteon:hunter2@db.example/ledger",
    "a JSON Web Token": "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4In0.abc-DEF_ghi",
    "a private key": "-----BEGIN EC PRIVATE KEY-----",
    "32 bytes in hexadecimal": "0a1b2c3d".repeat(8),
    "a token of the service": "aB3_".repeat(10) + "xyz",
  };

  it.each(Object.entries(secrets))("%s is refused as a value, in a list, as a key, by a reference", (_, secret) => {
    const texts = [
      `encryption:\n  key_path: "${secret}"\n`,
      `phi_removal:\n  fields_to_remove: [a, "${secret}"]\n`,
      `"${secret}": 1\n`,
      "encryption:\n  key_path: ${SECRET}\n",
      "encryption:\n  key_path: ${UNSET:-" + secret + "}\n",
    ];
    for (const text of texts) {
      const fault = faultOf(text, { SECRET: secret });
      expect([text, fault.code]).toEqual([text, "configuration.secret"]);
      expect(fault.message).toMatch(/osteon\.yaml, line \d/);
      expect(JSON.stringify([fault.message, fault.parameters, fault.cause])).not.toContain(secret.slice(5));
    }
  });

  it("is refused in a remark and in a block of lines", () => {
    expect(faultOf(`# key: ${secrets["an age identity"]}\n`)).toMatchObject({ code: "configuration.secret" });
    const block = "encryption:\n  key_path: |\n    -----BEGIN PRIVATE KEY-----\n    MIIB\n";
    expect(faultOf(block).message).toContain("osteon.yaml, line 3, holds a secret itself");
  });

  it("is not seen in what is none", () => {
    const text =
      "# sha256 of the study: " +
      "0a1b2c3d".repeat(8) +
      "\ndata:\n  source: cbioportal\n  path: /data/os\n" +
      "  expression_profile: os_target_2018_pub_rna_seq_v2_mrna_median_x\n";
    expect(parse(text).data.source).toBe("cbioportal");
  });
});

describe("a configuration file", () => {
  it("that cannot be read says why", async () => {
    const folder = mkdtempSync(join(tmpdir(), "osteon-configuration-"));
    try {
      const at = (name: string, content: string | Uint8Array): string => {
        writeFileSync(join(folder, name), content);
        return join(folder, name);
      };
      await expect(readConfiguration(join(folder, "absent.yaml"), {})).rejects.toThrow(/absent\.yaml cannot.*ENOENT/);
      await expect(readConfiguration(folder, {})).rejects.toThrow(/cannot be read \(EISDIR\)/);
      await expect(readConfiguration(join(at("file", ""), "x.yaml"), {})).rejects.toThrow(/ENOTDIR/);
      const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from("training: {}\n", "utf16le")]);
      await expect(readConfiguration(at("utf16.yaml", utf16), {})).rejects.toThrow(/not text in UTF-8/);
      const table = at("data_mutations.txt", "x\t".repeat(600_000));
      await expect(readConfiguration(table, {})).rejects.toThrow(/has 1,200,000 bytes/);
      const good = at("good.yaml", "\uFEFFdata: { source: cbioportal, path: study }\r\n");
      expect((await readConfiguration(good, {})).data).toMatchObject({ path: join(folder, "study") });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
