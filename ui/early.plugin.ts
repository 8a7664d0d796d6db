// Tells the page's head what to load beside each other: the first lines, which ask for the words, the
// window's own code, and the letters that almost every word is made of.

import type { HtmlTagDescriptor, Plugin } from "vite";

const CODE = "src/start.ts";
const LETTERS = /inter-latin-wght-normal.*\.woff2$/;

const code = (src: string): HtmlTagDescriptor => ({ tag: "script", attrs: { type: "module", crossorigin: true, src: `/${src}` }, injectTo: "head" });
const preload = (href: string, attrs: Record<string, string>): HtmlTagDescriptor => ({ tag: "link", attrs: { ...attrs, crossorigin: true, href: `/${href}` }, injectTo: "head" });

export function early(): Plugin {
  let builds = false;
  return {
    name: "early",
    configResolved: ({ command }) => { builds = command === "build"; },
    // A script of its own: imported by the first lines, it would wait for them.
    buildStart() {
      if (builds) this.emitFile({ type: "chunk", id: CODE, name: "start" });
    },
    transformIndexHtml: {
      order: "post",
      handler: (_, { bundle }) => {
        if (!bundle) return [code(CODE)];
        const files = Object.values(bundle);
        const chunks = files.filter((file) => file.type === "chunk");
        return [
          ...chunks.filter((file) => !file.isEntry).map((file) => preload(file.fileName, { rel: "modulepreload" })),
          ...chunks.filter((file) => file.name === "start").map((file) => code(file.fileName)),
          ...files.filter((file) => LETTERS.test(file.fileName)).map((file) => preload(file.fileName, { rel: "preload", as: "font", type: "font/woff2" })),
        ];
      },
    },
  };
}
