import { readdirSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";
import { early } from "./early.plugin.ts";
import { lists } from "./lists.plugin.ts";
import { words } from "./words.plugin.ts";

// `npm run dev -- --mode mock` shows the window in a browser, over made-up books instead of Rust.
const mock = (name: string) => fileURLToPath(new URL(`./test/mock/${name}.ts`, import.meta.url));
const madeUp = { "@tauri-apps/api/core": mock("core") };

// Names of classes that keep a component's styles to itself: its place among them all, as each is written many times.
const src = fileURLToPath(new URL("./src/", import.meta.url));
const components = readdirSync(src, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".svelte")).sort();
const cssHash = ({ hash, filename }: { hash: (text: string) => string; filename: string }): string => {
  const at = components.findIndex((file) => resolve(filename) === resolve(src, file));
  return `_${at < 0 ? hash(filename) : at.toString(36)}`;
};

// What a bundler can't know by itself that nothing here asks for.
const lean: Plugin = {
  name: "lean",
  enforce: "pre",
  load: (id) => (id === "\0vite/preload-helper.js" ? "export const __vitePreload = (load) => load();" : null),
  transform: (code, id) =>
    id.endsWith("/dom/elements/custom-element.js") ? { code, moduleSideEffects: false } : null,
};

export default defineConfig(({ mode }) => ({
  plugins: [svelte({ compilerOptions: { runes: true, discloseVersion: false, cssHash } }), words(), early(), lists(), lean],
  clearScreen: false,
  server: { port: 5173, strictPort: true },
  // One file of styles, and no browser but the one that is there: `early` says what is preloaded.
  build: { target: "es2022", assetsInlineLimit: 0, cssCodeSplit: false, modulePreload: false, chunkSizeWarningLimit: 600 },
  resolve: {
    alias: mode === "mock" || process.env.VITEST ? madeUp : {},
    // Under a test, Svelte's browser build is wanted.
    ...(process.env.VITEST ? { conditions: ["browser"] } : {}),
  },
  test: { environment: "happy-dom", include: ["test/**/*.test.ts"], setupFiles: ["test/setup.ts"], testTimeout: 180_000 },
}));
