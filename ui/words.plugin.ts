// Serves each dictionary as JSON beside the window's code: what is read is the chosen one alone.

import { type Plugin, runnerImport } from "vite";
import type { Packed } from "./src/lib/words/pack";

async function files(): Promise<{ fileName: string; source: string }[]> {
  const { module } = await runnerImport<{ packed: Record<string, Packed> }>("./src/lib/words/pack.ts");
  return Object.entries(module.packed).map(([locale, words]) => ({ fileName: `words/${locale}.json`, source: JSON.stringify(words) }));
}

export const words = (): Plugin => ({
  name: "words",
  configureServer: (server) => {
    server.middlewares.use("/words", (asked, answer, next) => {
      void files().then((all) => {
        const file = all.find((one) => one.fileName === `words${asked.url ?? ""}`);
        if (!file) return next();
        answer.setHeader("Content-Type", "application/json");
        answer.end(file.source);
      }, next);
    });
  },
  async generateBundle() {
    for (const file of await files()) this.emitFile({ type: "asset", ...file });
  },
});
