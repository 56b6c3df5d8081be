/** Files of each element's code, by tag. */
export type ElementFiles = Readonly<Record<string, readonly string[]>>;

/**
 * Loads an element's code when its tag appears: in the document or in an open shadow root, now or later. A shadow
 * root that is attached to a plain element after that element was inserted gives no sign; pass it to the returned
 * function.
 */
export function autoload(
  elementFiles: ElementFiles,
  importFile: (file: string) => Promise<unknown>,
): (root: ParentNode) => void {
  const wanted = new Set<string>();
  const watched = new WeakSet<Node>();

  const load = (tag: string): void => {
    if (wanted.has(tag)) return;
    wanted.add(tag);
    const files = elementFiles[tag];
    if (!files) {
      if (!customElements.get(tag)) console.warn(`[JioAssist] <${tag}> is not an element of this version.`);
      return;
    }
    // All at once: left to itself the browser would find the second file only after reading the first.
    Promise.all(files.map(importFile)).catch((cause: unknown) => {
      // Forgotten, so that the next element of this tag tries again.
      wanted.delete(tag);
      console.error(`[JioAssist] cdn/load-failed: the code of <${tag}> could not be loaded.`, cause);
    });
  };

  const visit = (element: Element): void => {
    const tag = element.localName;
    if (tag.startsWith('jio-')) load(tag);
    if (element.shadowRoot) watch(element.shadowRoot);
    // An element that is not defined yet may bring a shadow root when it is.
    else if (tag.includes('-') && !element.matches(':defined')) {
      void customElements.whenDefined(tag).then(() => {
        if (element.shadowRoot) watch(element.shadowRoot);
      });
    }
  };

  const scan = (root: ParentNode): void => {
    if (root instanceof Element) visit(root);
    for (const element of root.querySelectorAll('*')) visit(element);
  };

  const observer = new MutationObserver((records) => {
    for (const { addedNodes } of records) {
      for (const node of addedNodes) if (node instanceof Element) scan(node);
    }
  });

  const watch = (root: ParentNode): void => {
    if (watched.has(root)) return;
    watched.add(root);
    observer.observe(root, { childList: true, subtree: true });
    scan(root);
  };

  watch(document);
  return watch;
}
