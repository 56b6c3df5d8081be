/** Makes an element; text goes in as text, never as markup. */
export function make(tag, className, ...children) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(...children);
  return element;
}

/** The item that a navigation key leads to, or undefined for another key. */
export function neighbour(items, event, { back, forward }) {
  const index = items.indexOf(event.target);
  const last = items.length - 1;
  if (index < 0 || event.ctrlKey || event.metaKey || event.altKey) return undefined;
  switch (event.key) {
    case back:
      return items[Math.max(index - 1, 0)];
    case forward:
      return items[Math.min(index + 1, last)];
    case 'Home':
      return items[0];
    case 'End':
      return items[last];
    default:
      return undefined;
  }
}
