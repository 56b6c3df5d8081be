/** Grows when clients of one version stop being usable by widgets of another. */
export const PROTOCOL_MAJOR = 1;
