import { msg } from '@lit/localize';
import type { JioAssistError } from '../errors.js';
import { addTranslations } from './localization.js';

addTranslations({ hi: () => import('../locales/hi.js'), ur: () => import('../locales/ur.js') });

/** The sentence for the agent: what is wrong and what can be done about it. */
export function errorText(error: JioAssistError): string {
  switch (error.code) {
    case 'client/missing':
    case 'config/invalid-attribute':
    case 'config/invalid-argument':
    case 'auth/popup-severed':
      return msg('JioAssist is not set up correctly on this page. Tell your administrator.');
    case 'auth/signed-out':
      return msg('Your sign-in has ended. Sign in again.');
    case 'auth/popup-blocked':
      return msg('The browser blocked the sign-in window. Allow pop-ups for this page and try again.');
    case 'auth/cancelled':
      return msg('Sign-in was not finished.');
    case 'auth/failed':
      return msg('Sign-in did not work. Try again.');
    case 'auth/not-allowed':
      return msg('You are not allowed to see this.');
    case 'network/unreachable':
      return msg('JioAssist cannot be reached.');
    case 'network/timeout':
      return msg('JioAssist did not answer in time.');
    case 'network/origin-not-allowed':
      return msg('This page is not allowed to use JioAssist. Tell your administrator.');
    case 'api/not-json':
    case 'api/redirected':
    case 'api/too-large':
    case 'api/unexpected-shape':
      return msg('JioAssist gave an answer that cannot be read. Tell your administrator.');
    case 'api/refused':
      return msg('JioAssist refused the request.');
    case 'api/unavailable':
      return msg('JioAssist cannot answer now.');
    case 'customer/not-found':
      return msg('JioAssist does not know this customer.');
    case 'storage/cleared':
      return msg('The data of this site was cleared. Keep this page open until your changes are sent.');
    case 'storage/failed':
    case 'action/failed':
    case 'element/render-failed':
      return msg('This did not work. Try again.');
  }
}
