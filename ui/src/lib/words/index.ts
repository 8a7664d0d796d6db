// The words of the window in the person's language. English now; another language is another
// dictionary of the same type.

import { en } from "./en";

export type Words = typeof en;
export const locale = "en";
export const t: Words = en;
