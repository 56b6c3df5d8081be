/**
 * Calls the number of a `tel:` link on the page in place of opening it, while the signal is not aborted.
 *
 * @param dial is told the number; a link that the page itself has handled is left alone.
 */
export function followDialLinks(page: Document, signal: AbortSignal, dial: (number: string) => void): void {
  const handle = (event: MouseEvent): void => {
    if (event.defaultPrevented || event.button !== 0) return;
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const link = event
      .composedPath()
      .find(
        (target): target is HTMLAnchorElement =>
          target instanceof HTMLAnchorElement && target.protocol === 'tel:',
      );
    const number = link && numberIn(link.href);
    if (number === undefined) return;
    event.preventDefault();
    dial(number);
  };
  // On the window, so that the page's own handlers come first.
  page.defaultView?.addEventListener('click', handle, { signal });
}

/** What stands behind `tel:` up to its parameters (RFC 3966). */
export function numberIn(href: string): string | undefined {
  const [written = ''] = href.replace(/^tel:/i, '').split(';');
  try {
    const number = decodeURIComponent(written).trim();
    return /^\+?[\d\s().*#-]{2,32}$/.test(number) ? number : undefined;
  } catch {
    return undefined;
  }
}
