// What every screen keeps to: its words come from the dictionary, and nothing is left or right.

import { parse } from "svelte/compiler";
import { expect, test, vi } from "vitest";

const components = import.meta.glob<string>("../src/**/*.svelte", { query: "?raw", import: "default", eager: true });
const styles = import.meta.glob<string>("../src/styles/*.css", { query: "?raw", import: "default", eager: true });

const READ_ALOUD = ["aria-label", "aria-description", "aria-roledescription", "title", "placeholder", "alt", "label", "hint", "lead", "text", "line"];
/** Names, units and examples, the same in every language. */
const SAME = /^(Hubledger|EUR|USD|KB|Ctrl|Esc|Enter|K|CSV|PDF|Europe\/Berlin|billing@example\.com|DE123456789|360dialog GmbH|\.hubbook|px)$/;

const isWords = (text: string): boolean => /\p{L}{2}/u.test(text) && !SAME.test(text.trim());

type Found = { type?: string; [key: string]: unknown };

function written(node: unknown, found: string[], tag = ""): void {
  if (Array.isArray(node)) return node.forEach((one) => written(one, found, tag));
  if (!node || typeof node !== "object") return;
  const one = node as Found;
  if (one.type === "Script" || one.type === "StyleSheet" || one.type === "Comment" || one.type === "StyleDirective") return;
  if (one.type === "Text" && tag !== "attribute" && isWords(String(one["data"]))) found.push(String(one["data"]).trim());
  if (one.type === "Attribute") {
    const name = String(one["name"]);
    const value = one["value"];
    if (READ_ALOUD.includes(name))
      for (const part of Array.isArray(value) ? (value as Found[]) : [])
        if (part.type === "Text" && isWords(String(part["data"]))) found.push(`${name}="${String(part["data"])}"`);
    return written(value, found, "attribute");
  }
  // A sentence in an expression, such as {ready ? "All done" : ""}.
  if (one.type === "Literal" && typeof one["value"] === "string" && tag !== "attribute" && /\p{L} \p{L}/u.test(one["value"])) found.push(one["value"]);
  for (const [key, child] of Object.entries(one)) if (key !== "metadata") written(child, found, tag);
}

test("no text of a screen stands in its file", () => {
  expect(Object.keys(components).length).toBeGreaterThan(80);
  const found = Object.entries(components).flatMap(([file, source]) => {
    const words: string[] = [];
    written(parse(source, { modern: true }).fragment, words);
    return words.map((one) => `${file}: ${one}`);
  });
  expect(found).toEqual([]);
});

test("the look for hard-coded text finds it", () => {
  const found: string[] = [];
  written(parse('<p title="A hint">Some words {x ? "more words" : ""}<b class="some name">{t.a}</b></p>', { modern: true }).fragment, found);
  expect(found).toEqual(['title="A hint"', "Some words", "more words"]);
});

/** Sides that don't turn with the direction of the script. */
const SIDED = /(^|[\s;{])((margin|padding|border|inset)-(left|right)|(left|right)\s*:|text-align:\s*(left|right)|float:\s*(left|right)|border-(top|bottom)-(left|right)-radius)/m;

test("no style knows left and right", () => {
  const sheets = [...Object.entries(styles), ...Object.entries(components).map(([file, source]) => [file, /<style>([\s\S]*)<\/style>/.exec(source)?.[1] ?? ""] as const)];
  expect(sheets.filter(([, css]) => SIDED.test(css)).map(([file, css]) => `${file}: ${SIDED.exec(css)?.[0]}`)).toEqual([]);
  for (const bad of [" margin-left: 1px", "{ left: 0", "text-align:right"]) expect(bad).toMatch(SIDED);
});

test("no file asks for its words while it is loaded, before a language is chosen", async () => {
  vi.resetModules();
  const fresh = await import("../src/lib/words");
  expect(fresh.t).toBeUndefined();
  await import("../src/App.svelte");
});

const sources = import.meta.glob<string>("../src/**/*.{ts,svelte}", { query: "?raw", import: "default", eager: true });

/** The files that one needs before it can run, without types and what comes later. */
function needed(file: string, found = new Set<string>()): Set<string> {
  if (found.has(file)) return found;
  found.add(file);
  for (const [, named] of sources[file]!.matchAll(/^\s*(?:import|export) (?!type )(?:[^;"()=]*? from )?"(\.[^"]+)"/gm)) {
    const path = new URL(named!, `file:///${file.replace("../", "")}`).pathname.replace("/", "../");
    const next = [path, `${path}.ts`, `${path}/index.ts`].find((one) => one in sources);
    if (next) needed(next, found);
  }
  return found;
}

test("the first screen comes without the code of others, and all code comes with it or behind it", () => {
  const first = needed("../src/start.ts");
  const others = [...first].filter((file) => /\/pages\/(?!overview|welcome|page\.ts)|\/tasks\/Tasks|\/DataTable|\/Palette/.test(file));
  expect(others).toEqual([]);
  expect([...first]).toContain("../src/pages/overview/OverviewPage.svelte");
  const rest = needed("../src/frame/rest.ts");
  const left = Object.keys(sources).filter((file) => !first.has(file) && !rest.has(file) && !needed("../src/main.ts").has(file));
  // Words come as data, and results are types alone.
  expect(left.filter((file) => !/\/lib\/(words\/|result\.ts)/.test(file))).toEqual([]);
});
