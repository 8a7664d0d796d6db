import { cleanup, configure } from "@testing-library/svelte";
import { afterEach } from "vitest";
import { speak } from "../src/lib/words";
import { packed } from "../src/lib/words/pack";
import { leave } from "./mock/news";

// Before any test file asks for a word.
speak("en", packed.en);
afterEach(() => {
  cleanup();
  leave();
});
// A busy machine may take its time; what is wrong stays wrong.
configure({ asyncUtilTimeout: 20_000 });
