// What one file of the window's code takes from another has one name in both of them: a list of hundreds of
// names is then half as long.

import type { Plugin } from "vite";

type Name = { here: string; there: string };

const read = (list: string): Name[] => list.split(",").map((one) => {
  const [from, to = from] = one.split(" as ") as [string, string?];
  return { here: from, there: to };
});
const written = (names: Name[]): string =>
  names.map(({ here, there }) => (here === there ? here : `${here} as ${there}`)).sort((one, other) => one.length - other.length || (one < other ? -1 : 1)).join(",");

export const lists = (): Plugin => ({
  name: "lists",
  generateBundle(_, bundle) {
    const chunks = Object.values(bundle).filter((file) => file.type === "chunk");
    for (const giver of chunks) {
      const given = /export\{([^{}]*)\};?\s*$/.exec(giver.code);
      const name = giver.fileName.split("/").at(-1)!.replace(/[.$]/g, "\\$&");
      const taken = new RegExp(`import\\{([^{}]*)\\}from"\\./${name}"`);
      const takers = chunks.filter((chunk) => taken.test(chunk.code));
      // Of several takers each would want its own names.
      const [taker] = takers;
      if (!given || !taker || takers.length > 1) continue;
      const [list] = taken.exec(taker.code)!.slice(1) as [string];
      const names = new Map(read(list).map(({ here, there }) => [here, there]));
      const exported = read(given[1]!).flatMap(({ here, there }) => (names.has(there) ? [{ here, there: names.get(there)! }] : []));
      taker.code = taker.code.replace(list, written([...names.values()].map((one) => ({ here: one, there: one }))));
      giver.code = giver.code.replace(given[0], `export{${written(exported)}};\n`);
    }
  },
});
