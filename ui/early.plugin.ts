// Tells the page's head what to load beside each other: the first lines, which ask for the words and the
// book, the code of the first screen, and the letters that almost every word is made of. The code of all
// other screens comes once the first one is there.

import type { HtmlTagDescriptor, Plugin } from "vite";

const FIRST_LINES = "/src/main.ts";
const CODE = "src/start.ts";
const LETTERS = /inter-latin-wght-normal.*\.woff2$/;

const code = (src: string): HtmlTagDescriptor => ({ tag: "script", attrs: { type: "module", crossorigin: true, src: `/${src}` }, injectTo: "head" });
const preload = (href: string, attrs: Record<string, string>): HtmlTagDescriptor => ({ tag: "link", attrs: { ...attrs, crossorigin: true, href: `/${href}` }, injectTo: "head" });

export function early(): Plugin {
  let builds = false;
  /** What the first screen needs, in one file, but for what the first lines do. */
  const first = new Set<string>();
  return {
    name: "early",
    configResolved: ({ command }) => { builds = command === "build"; },
    // A script of its own: imported by the first lines, it would wait for them.
    buildStart() {
      if (builds) this.emitFile({ type: "chunk", id: CODE, name: "start" });
    },
    buildEnd() {
      const needed = (from: string): Set<string> => {
        const found = new Set<string>();
        const look = (id: string): void => {
          if (found.has(id)) return;
          found.add(id);
          this.getModuleInfo(id)?.importedIds.forEach(look);
        };
        for (const id of this.getModuleIds()) if (id.endsWith(from)) look(id);
        return found;
      };
      const before = needed(FIRST_LINES);
      for (const id of needed(`/${CODE}`)) if (!before.has(id)) first.add(id);
    },
    outputOptions: (options) => ({
      ...options,
      codeSplitting: { includeDependenciesRecursively: false, groups: [{ name: "first", test: (id: string) => first.has(id) }] },
    }),
    // It only names the file of the group that it became a part of, which begins by itself. Styles are gathered by
    // what it names, so it goes last.
    generateBundle: {
      order: "post",
      handler(_, bundle) {
        for (const file of Object.values(bundle)) if (file.type === "chunk" && file.name === "start") delete bundle[file.fileName];
      },
    },
    transformIndexHtml: {
      order: "post",
      handler: (_, { bundle }) => {
        if (!bundle) return [code(CODE)];
        const files = Object.values(bundle);
        const chunks = files.filter((file) => file.type === "chunk");
        return [
          ...chunks.filter((file) => !file.isEntry && !file.isDynamicEntry && file.name !== "first").map((file) => preload(file.fileName, { rel: "modulepreload" })),
          ...chunks.filter((file) => file.name === "first").map((file) => code(file.fileName)),
          ...files.filter((file) => LETTERS.test(file.fileName)).map((file) => preload(file.fileName, { rel: "preload", as: "font", type: "font/woff2" })),
        ];
      },
    },
  };
}
