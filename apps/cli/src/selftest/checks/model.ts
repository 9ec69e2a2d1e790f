import { proveModel } from "@osteon/pipeline";
import { failed, installationCheck, notChecked, passed } from "../selftest-check.ts";

/** Whether what is on air is what was signed, to the last digest, and gives patients. */
export const modelCheck = installationCheck(
  { name: "model", title: "The sealed model on air loads and samples", kind: "security" },
  async (installation) => {
    const onAir = await installation.onAir();
    if (onAir === undefined) return failed("Nothing is on air.", "Promote a version: `osteon models promote`.");
    const { version } = onAir.move;
    const opened = await installation.opened();
    if (opened === undefined) {
      return notChecked(
        `The signature of model ${version} holds; to open it, name the key by --key or OSTEON_KEY_FILE.`,
      );
    }
    await proveModel(opened.opened);
    return passed(`Model ${version}: signature and every digest hold, and it gives patients.`);
  },
);
