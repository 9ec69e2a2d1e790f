import { failed, figure, installationCheck, notChecked, passed } from "../selftest-check.ts";
import { countOf } from "../../terminal/amounts.ts";

/** Whether the patients of today are those that the gate judged, by the reference that was frozen at sealing. */
export const outputCheck = installationCheck(
  { name: "output", title: "It gives what it gave when its gate was judged", kind: "quality" },
  async (installation, { signal }) => {
    const comparison = await installation.output(signal);
    if (comparison === undefined) return notChecked("There is no model on air that could be opened.");
    const [first, second] = comparison;
    const { state, patients, reference, reasons } = second ?? first;
    const figures = [figure("patients drawn now", patients.compared, "")];
    const found = reasons.map(({ what }) => what).join(" ");
    if (state === "drift") {
      return failed(
        `Two draws differ from ${countOf(reference.patients, "patient")} of its sealing. ${found}`,
        "Roll back (`osteon models rollback`), and see `osteon drift check --output`.",
        figures,
      );
    }
    const doubt = second === undefined ? "" : " A first draw differed, as one in twenty does; a second one did not.";
    return passed(`Compared with ${countOf(reference.patients, "patient")} of its sealing: ${state}.${doubt}`, figures);
  },
);
