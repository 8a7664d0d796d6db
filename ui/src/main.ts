import "@fontsource-variable/inter/index.css";
import "./styles/tokens.css";
import "./styles/base.css";
import { launch } from "./api/launch";
import { begin } from "./lib/words/load";

// The words and the book are on their way while the window's own code, `start.ts`, is loaded beside this.
begin();
// What is refused is told to whoever asks for it then.
launch().catch(() => undefined);
