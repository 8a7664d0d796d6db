// What a command answers: what was asked for, or why not, in words.

export type Refusal = {
  code: string;
  /** What is wrong and what to do, in the person's language. */
  text: string;
  /** The field that it is about. */
  field: string | null;
  details: string[];
};

export type Result<T> = { ok: true; data: T } | { ok: false; refusal: Refusal };
