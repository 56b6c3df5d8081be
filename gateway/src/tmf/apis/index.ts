import type { ResourceDeclaration } from '../declaration.ts';
import { customer } from './customer.ts';
import { service } from './service.ts';

/** Every TM Forum API the gateway serves. A new one is declared in a file beside this and named here. */
export const declarations: readonly ResourceDeclaration[] = [customer, service];
