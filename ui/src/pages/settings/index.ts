import { about, type AboutView } from "../../api";
import { definePage } from "../page";
import SettingsPage from "./SettingsPage.svelte";

export default definePage<AboutView>({ needsHub: () => false, load: () => about(), view: SettingsPage });
