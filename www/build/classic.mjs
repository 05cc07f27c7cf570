/** Bundles an entry and all that it imports into one script: a classic one, which runs in any page, or a module. */

import { build } from "vite";

/** The decoder is handed its module; what it would fetch otherwise would only be carried twice. */
const decoderWithoutAddress = {
  name: "decoder-without-address",
  transform: (code, id) =>
    id.includes("brotli_dec_wasm.js")
      ? code.replace('new URL("brotli_dec_wasm_bg.wasm",import.meta.url)', "undefined")
      : undefined,
};

/** Resolves to the script's text. */
export const bundleClassic = (root, entry, define = {}) => bundle(root, entry, "iife", define);

export const bundleModule = (root, entry, define = {}) => bundle(root, entry, "es", define);

async function bundle(root, entry, format, define) {
  const [result] = [
    await build({
      root,
      configFile: false,
      publicDir: false,
      logLevel: "warn",
      define: { "import.meta.env.PROD": "true", "process.env.NODE_ENV": '"production"', ...define },
      worker: { format: "iife", plugins: () => [decoderWithoutAddress] },
      build: {
        target: "es2022",
        write: false,
        minify: true,
        reportCompressedSize: false,
        chunkSizeWarningLimit: 4000,
        lib: { entry, formats: [format], name: "loopscopeScript", fileName: () => "script.js" },
        rolldownOptions: { output: { codeSplitting: false, extend: true } },
      },
    }),
  ].flat();
  const scripts = result.output.filter(({ type }) => type === "chunk");
  if (scripts.length !== 1) throw new Error(`${entry} became ${scripts.length} scripts`);
  return scripts[0].code;
}
