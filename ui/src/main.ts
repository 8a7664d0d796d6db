import "@fontsource-variable/inter/index.css";
import "./styles/tokens.css";
import "./styles/base.css";
import { mount } from "svelte";
import App from "./App.svelte";
import { language } from "./lib/language.svelte";
import { privacy } from "./lib/privacy.svelte";
import { theme } from "./lib/theme.svelte";

theme.apply();
privacy.apply();
await language.start();
const target = document.getElementById("app");
if (target) mount(App, { target });
