// How a dictionary writes a sentence with something in it, and how the window says it.
//
//   {0}                 what is put in: text as it is, a number as the language groups it
//   {0~}                the same, its first letter small
//   {0^}                the same, its first letter large
//   {0|day|days}        a number and its word, in the form that the number asks for
//   {0:it has|they have}  the form alone
//   {0? and more}       only if there is something; zero is nothing
//   {0!nothing}         only if there is nothing
//   {day}               what is put in by its name, from one record of facts
//
// Forms come in the order one, other; a language's own rule (Intl) says which. They may hold places
// themselves. A dictionary is data: it is kept and loaded as JSON, one language at a time.

/** Begins a sentence with places in the packed dictionary; no word does. */
export const SAID = "=";

/** A sentence of the English dictionary, with what it is told. */
export const say = <A extends unknown[]>(text: string): ((...told: A) => string) => (SAID + text) as unknown as (...told: A) => string;

/** The same words in another language: sentences as text, with the places of the English ones. */
export type Texts<W> = W extends (...told: never[]) => string ? string : W extends string ? string : W extends readonly (infer E)[] ? readonly Texts<E>[] : { readonly [K in keyof W]: Texts<W[K]> };

type Node = string | { at: string; does: string; forms: Node[][] };

/** Numbers and plurals of a language. */
export type Manner = { readonly number: Intl.NumberFormat; readonly plural: Intl.PluralRules };

/** Each made once it is needed: the first of a window takes milliseconds. */
export function mannerOf(locale: string): Manner {
  let number: Intl.NumberFormat | undefined;
  let plural: Intl.PluralRules | undefined;
  return {
    get number() { return (number ??= new Intl.NumberFormat(locale, { useGrouping: "always" as unknown as boolean })); },
    get plural() { return (plural ??= new Intl.PluralRules(locale)); },
  };
}

/** A function that says the sentence. */
export function sentence(text: string, manner: Manner): (...told: unknown[]) => string {
  let nodes: Node[] | undefined;
  return (...told) => speak((nodes ??= parse(text).nodes), told, manner);
}

/** The places that a sentence names, for a look at a dictionary. */
export function placesOf(text: string): string[] {
  const found = new Set<string>();
  const look = (nodes: Node[]): void => {
    for (const node of nodes)
      if (typeof node !== "string") {
        found.add(node.at);
        node.forms.forEach(look);
      }
  };
  look(parse(text).nodes);
  return [...found].sort();
}

/** A place: a number, or the name of a fact. */
const PLACE = /\{(\d|[a-z]+(?:_[a-z]+)*)([~^|:?!}])/y;

function parse(text: string, from = 0, ends = ""): { nodes: Node[]; next: number } {
  const nodes: Node[] = [];
  let plain = "";
  let at = from;
  while (at < text.length && !ends.includes(text[at]!)) {
    PLACE.lastIndex = at;
    const place = PLACE.exec(text);
    if (!place) {
      plain += text[at++];
      continue;
    }
    if (plain) nodes.push(plain);
    plain = "";
    const does = place[2]!;
    const forms: Node[][] = [];
    at = PLACE.lastIndex;
    if (does === "~" || does === "^") at += 1;
    else if (does !== "}")
      do {
        const form = parse(text, at, does === "?" || does === "!" ? "}" : "|}");
        forms.push(form.nodes);
        at = form.next + 1;
      } while (at <= text.length && text[at - 1] === "|");
    nodes.push({ at: place[1]!, does, forms });
  }
  if (plain) nodes.push(plain);
  return { nodes, next: at };
}

function speak(nodes: Node[], told: unknown[], manner: Manner): string {
  return nodes.map((node) => (typeof node === "string" ? node : put(node, told, manner))).join("");
}

function put({ at, does, forms }: Exclude<Node, string>, told: unknown[], manner: Manner): string {
  const what = /\d/.test(at) ? told[Number(at)] : (told[0] as Record<string, unknown>)[at];
  const word = typeof what === "number" ? manner.number.format(what) : String(what ?? "");
  const nothing = !what || what === "0";
  switch (does) {
    case "~":
      return word.charAt(0).toLowerCase() + word.slice(1);
    case "^":
      return word.charAt(0).toUpperCase() + word.slice(1);
    case "?":
      return nothing ? "" : speak(forms[0]!, told, manner);
    case "!":
      return nothing ? speak(forms[0]!, told, manner) : "";
    case "|":
    case ":": {
      const form = speak(forms[manner.plural.select(Number(what)) === "one" ? 0 : 1] ?? forms[0]!, told, manner);
      return does === "|" ? `${word} ${form}` : form;
    }
    default:
      return word;
  }
}
