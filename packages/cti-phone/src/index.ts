export { define } from './cti-phone.define.js';
export { JioCtiPhone, PHONE_LAYOUTS, type PhoneLayout } from './cti-phone.js';
export { DIAL_SOURCES, JioCallEvent, type CallEventDetail, type DialSource } from './cti-phone.events.js';
export {
  CtiPhoneModel,
  PHONE_STATUSES,
  type CtiPhoneState,
  type PhoneListener,
  type PhoneStatus,
  type TelephoneSystem,
} from './cti-phone.model.js';
export { CALL_CHANGES, type CallChange, type CallChangeName } from './call-changes.js';
export type { CallerBrief } from './caller-brief.js';
export type { Who } from './caller.js';
export type { Contact } from './contact.js';
export type { Contacts } from './contacts.js';
export type { PhoneRole, PhoneView } from './phone-view.js';
export type { Permission } from './permission.js';
export { RING_WAYS, type RingWay } from './ringer.js';
export {
  SHORTCUT_ACTIONS,
  type Directory,
  type DirectoryEntry,
  type Disposition,
  type ShortcutAction,
  type Shortcuts,
} from './settings.js';
export { addTelephoneSystem, type SystemContext } from './telephone-systems.js';
