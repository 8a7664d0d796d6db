import { fileURLToPath } from "node:url";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vitest/config";
import { early } from "./early.plugin.ts";
import { words } from "./words.plugin.ts";

// `npm run dev -- --mode mock` shows the window in a browser, over made-up books instead of Rust.
const mock = (name: string) => fileURLToPath(new URL(`./test/mock/${name}.ts`, import.meta.url));
const madeUp = { "@tauri-apps/api/core": mock("core"), "@tauri-apps/api/event": mock("event") };

// Names of classes that keep a component's styles to itself: short ones, as each is written many times.
const cssHash = ({ hash, filename }: { hash: (text: string) => string; filename: string }) => `_${hash(filename).slice(0, 4)}`;

export default defineConfig(({ mode }) => ({
  plugins: [svelte({ compilerOptions: { runes: true, discloseVersion: false, cssHash } }), words(), early()],
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
