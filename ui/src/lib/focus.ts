// Where the focus goes when what had it is gone: never to nowhere, from where a keyboard begins anew.

/**
 * Notes what has the focus. What this returns gives it back where nothing has it now or, where that is gone
 * too, to the nearest heading that is left.
 */
export function keepFocus(): () => void {
  const around: Element[] = [];
  for (let at = document.activeElement; at && at !== document.body; at = at.parentElement) around.push(at);
  const isLost = (): boolean => document.activeElement === document.body;
  return () => {
    for (const one of [...around, document.body]) {
      if (!around.length || !isLost()) return;
      const to = one === around[0] ? one : one.querySelector("h1, h2");
      if (!one.isConnected || !(to instanceof HTMLElement)) continue;
      if (to !== one) to.tabIndex = -1;
      to.focus();
    }
  };
}
