import { z } from "zod";

// The page's policy forbids the compiling of code at run time, which zod would otherwise try at its first schema: this
// module is imported before any other.
z.config({ jitless: true });
