/** Whether the palette is open: it can be asked for from the page and from the menu. */
class Finding {
  on = $state(false);
}

export const finding = new Finding();
