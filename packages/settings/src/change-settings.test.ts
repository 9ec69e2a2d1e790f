import { describe, expect, it } from "vitest";
import { changeSettings } from "./change-settings.ts";

describe("changing settings", () => {
  it("sets keys and keeps remarks, references and the other keys", () => {
    const text = "# why\nregistry:\n  directory: ../old   # where\n  trusted_keys: [a, b]\nservice:\n  port: ${PORT}\n";
    const changed = changeSettings(text, [
      [["registry", "directory"], "registry"],
      [["registry", "trusted_keys"], ["keys/a.pem"]],
      [["encryption", "key_path"], "keys/identity.txt"],
    ]);
    expect(changed).toBe(
      "# why\nregistry:\n  directory: registry # where\n  trusted_keys:\n    - keys/a.pem\nservice:\n  port: ${PORT}\n" +
        "encryption:\n  key_path: keys/identity.txt\n",
    );
  });

  it("changes others only where they are set, and not by a reference to the environment", () => {
    const others = ["path", "clinical_supplement", "directory"].map((key) => [["data", key], "/x"] as const);
    const text = "data:\n  path: ../study\n  directory: ${PLACE}\n";
    expect(changeSettings(text, [], others)).toBe("data:\n  path: /x\n  directory: ${PLACE}\n");
  });

  it("makes settings where there were none", () => {
    for (const text of ["", "# only a remark\n"]) {
      expect(changeSettings(text, [[["storage", "directory"], "ledger"]])).toBe("storage:\n  directory: ledger\n");
    }
  });
});
