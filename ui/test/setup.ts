import { cleanup } from "@testing-library/svelte";
import { afterEach } from "vitest";
import { speak } from "../src/lib/words";
import { packed } from "../src/lib/words/pack";

// Before any test file asks for a word.
speak("en", packed.en);
afterEach(cleanup);
