import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url));

/** The one folder that holds everything a running demo keeps. */
export const dataDir = resolve(root, process.env['JIOASSIST_DATA_DIR'] ?? '.jioassist');

/** Where the tools keep what they can always make again. */
export const cacheDir = resolve(root, '.cache');
