export {
  askPage,
  JioActionEvent,
  JioActionRequestEvent,
  type ActionName,
  type JioActions,
} from './actions.js';
export { clientContext, type ClientSlot } from './client-context.js';
export { define } from './define.js';
export { defineElement } from './define-element.js';
export { errorText } from './error-text.js';
export { formatTime, formatValue } from './format.js';
export { JioAssist } from './jio-assist.js';
export { JioCustomerChangeEvent, JioErrorEvent } from './jio-assist.events.js';
export { JioElement } from './jio-element.js';
export {
  addTranslations,
  formatTag,
  TARGET_LOCALES,
  textDirection,
  useLanguage,
  type TargetLocale,
  type Translations,
} from './localization.js';
export { ModelController, type Model } from './model-controller.js';
export { errorNotice, notice, signInNotice } from './notices.js';
export { noticeStyles } from './notices.styles.js';
export { requestAction, type ActionOutcome } from './request-action.js';
export { PROTOCOL_MAJOR } from '../protocol.js';
