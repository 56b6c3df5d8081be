/** A random UUID (version 4), also on pages without a secure context, where `crypto.randomUUID` is missing. */
export function uniqueId(): string {
  const { randomUUID } = crypto as { randomUUID?: typeof crypto.randomUUID };
  if (randomUUID) return randomUUID.call(crypto);
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  // RFC 9562: the version, and the variant's two bits.
  const marked = bytes.map((byte, i) =>
    i === 6 ? (byte & 0x0f) | 0x40 : i === 8 ? (byte & 0x3f) | 0x80 : byte,
  );
  const hex = Array.from(marked, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
