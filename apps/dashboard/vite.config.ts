import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

const markdown = import.meta.resolve("markdown-to-jsx");
const markdownEntities = fileURLToPath(new URL("entities.generated.js", markdown));

export default defineConfig({
  root: import.meta.dirname,
  base: "/app/",
  // Its form for browsers decodes entities by innerHTML, which the page's policy forbids.
  resolve: { alias: { "markdown-to-jsx/entities": markdownEntities } },
  build: {
    outDir: "dist",
    emptyOutDir: true,
    // Nothing is written into the document or the style sheet: the policy forbids both.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: "es2022",
    reportCompressedSize: false,
    manifest: "manifest.json",
    rolldownOptions: {
      output: {
        codeSplitting: {
          // In one file, whose parts run in the order of their imports: zod, what forbids it to compile, the schemas.
          groups: [{ name: "contracts", test: /node_modules\/zod\/|packages\/contracts\/|forbid-compiling/ }],
        },
      },
      onLog: (level, log, handle) => {
        // "use client" in a library means something to servers that render; here there is none.
        if (log.code !== "MODULE_LEVEL_DIRECTIVE") handle(level, log);
      },
    },
  },
});
