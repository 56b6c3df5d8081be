/** Files of each element's code, by tag. */
export type ElementFiles = Readonly<Record<string, readonly string[]>>;

/** Milliseconds before code that could not be loaded is asked for again, at first and at most. */
const FIRST_RETRY = 500;
const LAST_RETRY = 30_000;

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
  const failed = new Map<string, number>();
  const undefinedTags = new Set<string>();
  const watched = new WeakSet<Node>();
  const roots: WeakRef<ParentNode>[] = [];

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
      // Forgotten, so that it is tried again: soon, then ever later, and with the next element of this tag.
      wanted.delete(tag);
      const failures = (failed.get(tag) ?? 0) + 1;
      failed.set(tag, failures);
      setTimeout(load, Math.min(FIRST_RETRY * 2 ** failures, LAST_RETRY), tag);
      if (failures > 1) return;
      console.error(`[JioAssist] cdn/load-failed: the code of <${tag}> could not be loaded.`, cause);
    });
  };

  const visit = (element: Element): void => {
    const tag = element.localName;
    if (tag.startsWith('jio-')) load(tag);
    if (element.shadowRoot) watch(element.shadowRoot);
    // An element that is not defined yet may bring a shadow root when it is.
    else if (tag.includes('-') && !element.matches(':defined')) {
      awaitDefinition(tag);
    }
  };

  /** Once for a tag and without holding its elements: a page may make and drop thousands of them. */
  const awaitDefinition = (tag: string): void => {
    if (undefinedTags.has(tag)) return;
    undefinedTags.add(tag);
    void customElements.whenDefined(tag).then(() => {
      for (const root of roots)
        for (const element of root.deref()?.querySelectorAll(tag) ?? []) visit(element);
    });
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
    roots.push(new WeakRef(root));
    observer.observe(root, { childList: true, subtree: true });
    scan(root);
  };

  watch(document);
  return watch;
}
