/** Somebody or something a call can be put through to. */
export interface DirectoryEntry {
  readonly number: string;
  readonly name: string;
  /** A queue is shown apart from people. */
  readonly kind?: 'person' | 'queue';
  /** For example `Ready`, as the contact centre says it. */
  readonly presence?: string;
}

/** Whom calls can be put through to: a list, or a search of the page's own. */
export type Directory =
  readonly DirectoryEntry[] | ((text: string, signal: AbortSignal) => Promise<readonly DirectoryEntry[]>);

/** What came of a call, as the contact centre counts it. */
export interface Disposition {
  readonly code: string;
  readonly label: string;
}

/** What a key does, in the words of the buttons. */
export const SHORTCUT_ACTIONS = ['answer', 'reject', 'hangUp', 'hold', 'mute'] as const;
export type ShortcutAction = (typeof SHORTCUT_ACTIONS)[number];
/** Keys as in `aria-keyshortcuts`, for example `Alt+Shift+A`; none switches one off. */
export type Shortcuts = Readonly<Partial<Record<ShortcutAction, string>>>;

export const DEFAULT_SHORTCUTS: Shortcuts = {
  answer: 'Alt+Shift+A',
  reject: 'Alt+Shift+R',
  hangUp: 'Alt+Shift+X',
  hold: 'Alt+Shift+H',
  mute: 'Alt+Shift+M',
};

/** Numbers a browser phone must not dial: it does not know where the caller is (India; others by configuration). */
export const DEFAULT_EMERGENCY_NUMBERS = '112 100 101 102 108';

/** Whether a number is among those, however it is written. */
export function isEmergency(number: string, numbers: string): boolean {
  const digits = number.replace(/[^\d]/g, '');
  return digits !== '' && numbers.split(/[\s,]+/).some((each) => each === digits);
}

/** Whether a key press is a shortcut, and neither is typed into something. */
export function isShortcut(event: KeyboardEvent, shortcut: string | undefined): boolean {
  if (!shortcut || isTyping(event)) return false;
  const keys = shortcut.toLowerCase().split('+');
  const key = keys.pop() ?? '';
  const modifiers = { alt: event.altKey, control: event.ctrlKey, shift: event.shiftKey, meta: event.metaKey };
  const isExact = Object.entries(modifiers).every(([name, isDown]) => isDown === keys.includes(name));
  // With Alt some systems give a letter of their own, so the key itself counts too.
  return isExact && (event.key.toLowerCase() === key || event.code.toLowerCase() === `key${key}`);
}

function isTyping(event: KeyboardEvent): boolean {
  const [target] = event.composedPath();
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(?:input|textarea|select)$/.test(target.localName))
  );
}
