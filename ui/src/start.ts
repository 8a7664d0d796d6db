import { mount } from "svelte";
import App from "./App.svelte";
import { language } from "./lib/language.svelte";
import { privacy } from "./lib/privacy.svelte";
import { theme } from "./lib/theme.svelte";
import { opening } from "./tasks/opening.svelte";

theme.apply();
privacy.apply();
void opening.launch();
await language.start();
const target = document.getElementById("app");
if (target) mount(App, { target });
