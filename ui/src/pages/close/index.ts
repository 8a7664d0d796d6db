import { type ChargeView, closePreview, type CloseView, unrated } from "../../api";
import { monthOf } from "../../lib/date";
import { definePage } from "../page";
import ClosePage from "./ClosePage.svelte";

export type CloseData = { view: CloseView; unrated: ChargeView[] };

export default definePage<CloseData>({
  load: async ({ hub, month }) => {
    const view = await closePreview(hub.id, month);
    if (!view.ok) return view;
    const waiting = view.data.steps.some((step) => step.step === "nothing-unrated" && !step.done);
    const found = waiting ? await unrated(hub.id) : null;
    const charges = found?.ok ? found.data.filter((charge) => monthOf(charge.booked_on ?? charge.day) === month) : [];
    return { ok: true, data: { view: view.data, unrated: charges } };
  },
  view: ClosePage,
});
