import { DockerfileParser, type Copy, type From, type Instruction, type JSONInstruction } from "dockerfile-ast";

/** One instruction that changes files or how later ones run. */
export type Step =
  | {
      readonly kind: "copy";
      readonly from?: string;
      /** Numbers of user and group; root's if left out. */
      readonly owner?: string;
      readonly sources: readonly string[];
      readonly target: string;
    }
  | { readonly kind: "run"; readonly command: string }
  | { readonly kind: "workdir"; readonly path: string }
  | { readonly kind: "environment"; readonly values: Readonly<Record<string, string>> };

export interface Stage {
  /** As later stages call it; the last one needs none. */
  readonly name: string | undefined;
  /** An earlier stage's name, or an image. */
  readonly base: string;
  readonly steps: readonly Step[];
}

/** What an image says of how it is run. */
export interface ImageSettings {
  readonly user: string | undefined;
  readonly entrypoint: readonly string[];
  readonly command: readonly string[];
  readonly healthcheck: readonly string[];
}

/** Instructions that change nothing of a stage's files. */
const descriptions = new Set(["ARG", "LABEL", "EXPOSE", "STOPSIGNAL", "HEALTHCHECK", "ENTRYPOINT", "CMD", "USER"]);

/**
 * Reads the stages of a Dockerfile, variables replaced by their defaults.
 *
 * @throws Error for an instruction that is not known here, so that none is left out silently
 */
export function readStages(dockerfile: string): readonly Stage[] {
  const stages: { name: string | undefined; base: string; steps: Step[] }[] = [];
  for (const instruction of DockerfileParser.parse(dockerfile).getInstructions()) {
    if (instruction.getKeyword() === "FROM") {
      const [base] = wordsOf(instruction);
      stages.push({ name: (instruction as From).getBuildStage() ?? undefined, base: base!, steps: [] });
    } else if (!descriptions.has(instruction.getKeyword())) {
      stages.at(-1)!.steps.push(readStep(instruction));
    }
  }
  return stages;
}

/** What the last stage says of how the image is run. */
export function readImageSettings(dockerfile: string): ImageSettings {
  const parsed = DockerfileParser.parse(dockerfile);
  const last = parsed.getFROMs().at(-1)!.getRange().start.line;
  const ofLast = parsed.getInstructions().filter((instruction) => instruction.getRange().start.line > last);
  const find = (keyword: string) => ofLast.find((instruction) => instruction.getKeyword() === keyword);
  const list = (keyword: string) => (find(keyword) as JSONInstruction | undefined)?.getJSONStrings() ?? [];
  // CMD within HEALTHCHECK is no instruction of its own to the parser.
  const health = /CMD\s+(\[.*\])/s.exec(find("HEALTHCHECK")?.getArgumentsContent() ?? "");
  return {
    user: find("USER")?.getArgumentsContent() ?? undefined,
    entrypoint: list("ENTRYPOINT").map((argument) => argument.getJSONValue()),
    command: list("CMD").map((argument) => argument.getJSONValue()),
    healthcheck: health ? (JSON.parse(health[1]!) as string[]) : [],
  };
}

function readStep(instruction: Instruction): Step {
  const content = instruction.getArgumentsContent() ?? "";
  switch (instruction.getKeyword()) {
    case "COPY": {
      const flags = (instruction as Copy).getFlags();
      const flag = (name: string) => flags.find((candidate) => candidate.getName() === name)?.getValue();
      const [from, owner, words] = [flag("from"), flag("chown"), wordsOf(instruction)];
      const files = { sources: words.slice(0, -1), target: words.at(-1)! };
      return { kind: "copy", ...(from && { from }), ...(owner && { owner }), ...files };
    }
    case "RUN":
      return { kind: "run", command: content };
    case "WORKDIR":
      return { kind: "workdir", path: content };
    case "ENV": {
      const pairs = wordsOf(instruction).map((word) => word.split(/=(.*)/s).slice(0, 2) as [string, string]);
      return { kind: "environment", values: Object.fromEntries(pairs) };
    }
    default:
      throw new Error(`line ${instruction.getRange().start.line + 1}: ${instruction.getKeyword()} is not known here`);
  }
}

const wordsOf = (instruction: Instruction): string[] =>
  instruction.getExpandedArguments().map((argument) => argument.getValue());
