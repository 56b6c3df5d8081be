import type { Service } from './resources/customer.js';

/** The text of one characteristic of a service, or `''`. */
export function characteristic(service: Pick<Service, 'serviceCharacteristic'>, name: string): string {
  const value = service.serviceCharacteristic.find((candidate) => candidate.name === name)?.value;
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
