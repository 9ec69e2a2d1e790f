import type { SplitMemorisation } from "@osteon/evaluation";
import { describe, expect, it, vi } from "vitest";
import type { StepContext } from "./step.ts";
import { sealStep } from "./steps/seal.ts";
import { refuseCopies } from "./strict-privacy.ts";

function releasing(near: number | null): {
  readonly families: readonly { readonly memorisation: SplitMemorisation }[];
} {
  const copies = near === null ? null : { candidates: 500, exact: 0, near };
  const memorisation = {
    membershipAuc: { synthetic: 0.5, photocopy: 1, floor: 0.5, nullRange: [0.4, 0.6] as const },
    copies: { synthetic: copies, photocopy: copies, floor: copies },
  };
  return { families: [{ memorisation }] };
}

describe("the stricter privacy of a small cohort", () => {
  it("refuses a model whose patients repeat a training patient, as a gate, and tells how many do", () => {
    const attempt = () => refuseCopies({ strictPrivacy: true }, releasing(2), "validation.json");
    expect(attempt).toThrow(/2 of 500 .*validation\.json/);
    expect(attempt).toThrow(
      expect.objectContaining({
        code: "pipeline.copies",
        definition: expect.objectContaining({ category: "gate" }) as unknown,
      }),
    );
  });

  it("lets pass what repeats nobody, and every other cohort", () => {
    expect(() => refuseCopies({ strictPrivacy: true }, releasing(0), "v")).not.toThrow();
    expect(() => refuseCopies({ strictPrivacy: true }, releasing(null), "v")).not.toThrow();
    expect(() => refuseCopies({ strictPrivacy: false }, releasing(2), "v")).not.toThrow();
  });

  it("stands before the sealing", async () => {
    const writeSealedPackage = vi.fn();
    const results: Record<string, unknown> = {
      "quality.json": { strictPrivacy: true },
      "validation.json": releasing(1),
    };
    const artefacts = {
      readTrained: async () => ({ manifest: {}, tensors: {}, documents: {} }),
      readJson: async (path: string) => results[path] ?? {},
      writeSealedPackage,
    };
    const context = { artefacts, keys: { identity: { recipient: "age1" } } } as unknown as StepContext;
    await expect(sealStep.run(context)).rejects.toMatchObject({ code: "pipeline.copies" });
    expect(writeSealedPackage).not.toHaveBeenCalled();
  });
});
