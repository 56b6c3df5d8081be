import { attachContextRoot } from '@jioassist/core-sdk/context-root.js';
import { elementFiles } from 'element-files';
import { autoload } from './autoloader.js';

attachContextRoot();

/**
 * Looks for JioAssist elements in a shadow root that the autoloader could not see being attached.
 *
 * @example
 * import { discover } from 'https://cdn.example/jioassist/1/jioassist.js';
 * discover(panel.shadowRoot);
 */
export const discover = autoload(elementFiles, (file) => import(new URL(file, import.meta.url).href));
