import { defineConfig, type HtmlTagDescriptor, type Plugin } from "vite";
import { CONTENT_SECURITY_POLICY } from "./build/policy.mjs";

/**
 * Lets the browser fetch the engine while it is still reading the page. The standard library comes later, by itself:
 * most programs never need it.
 */
function preloadEngine(): Plugin {
  return {
    name: "preload-engine",
    transformIndexHtml: {
      order: "post",
      handler(_, { bundle }): HtmlTagDescriptor[] {
        return Object.keys(bundle ?? {})
          .filter((name) => name.endsWith(".wasm"))
          .map((name) => ({
            tag: "link",
            attrs: {
              rel: "preload",
              as: "fetch",
              type: "application/wasm",
              crossorigin: true,
              href: `./${name}`,
            },
            injectTo: "head-prepend",
          }));
      },
    },
  };
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
  // Everything is relative, so that the site works below any path.
  base: "./",
  plugins: [preloadEngine(), contentSecurityPolicy()],
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
