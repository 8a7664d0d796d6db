import "@fontsource-variable/inter/index.css";
import "./styles/tokens.css";
import "./styles/base.css";
import { begin } from "./lib/words/load";

// The words are on their way while the window's own code, `start.ts`, is loaded beside this.
begin();
