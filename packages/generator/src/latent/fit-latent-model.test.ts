import { describe } from "vitest";
import { describeFit } from "../testing/latent-fits.ts";

describe("fitLatentModel with cvae", () => describeFit("cvae"));
