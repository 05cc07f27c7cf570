import { statSync } from "node:fs";
import { defineConfig, type HtmlTagDescriptor, type Plugin } from "vite";
import { CONTENT_SECURITY_POLICY } from "./build/policy.mjs";

/**
 * Lets the browser fetch the page's script and the analysis while it is still reading the page. The engine is fetched by a
 * worker, which preloading does not serve; the standard library comes later: most programs never need it.
 */
function preloadPage(): Plugin {
  return {
    name: "preload-page",
    transformIndexHtml: {
      order: "post",
      handler(_, { bundle }): HtmlTagDescriptor[] {
        const names = Object.keys(bundle ?? {});
        const analysis = names.filter((name) => /\/analysis-[^/]*\.wasm$/.test(name));
        const script = names.filter((name) => /\/page-[^/]*\.js$/.test(name));
        return [
          ...analysis.map((name) => link(name, { rel: "preload", as: "fetch", type: "application/wasm" })),
          ...script.map((name) => link(name, { rel: "modulepreload" })),
        ];
      },
    },
  };
}

function link(name: string, attrs: Record<string, string>): HtmlTagDescriptor {
  return { tag: "link", attrs: { ...attrs, crossorigin: true, href: `./${name}` }, injectTo: "head-prepend" };
}

/** The page holds itself to the policy, on hosts that send no headers as well. The development server needs more. */
function contentSecurityPolicy(): Plugin {
  return {
    name: "content-security-policy",
    apply: "build",
    transformIndexHtml: () => [
      {
        tag: "meta",
        attrs: { "http-equiv": "Content-Security-Policy", content: CONTENT_SECURITY_POLICY },
        injectTo: "head-prepend",
      },
    ],
  };
}

export default defineConfig({
  define: { ENGINE_BYTES: String(statSync(new URL("../target/site/engine.wasm", import.meta.url)).size) },
  // Everything is relative, so that the site works below any path.
  base: "./",
  plugins: [preloadPage(), contentSecurityPolicy()],
  // Classic workers also start from `file://`.
  worker: { format: "iife" },
  build: {
    target: "es2022",
    outDir: "dist",
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 2000,
  },
  server: { host: "127.0.0.1", fs: { allow: [".."] } },
  preview: { host: "127.0.0.1" },
});
