import type { Role } from '../../auth/roles.ts';

export interface DemoAgent {
  readonly id: string;
  readonly name: string;
  readonly password: string;
  readonly roles: readonly Role[];
}

/** The demonstration's agents; the passwords are meant to be known. */
export const demoAgents: readonly [DemoAgent, ...DemoAgent[]] = [
  { id: 'asha', name: 'Asha Menon', password: 'welcome-asha', roles: ['agent'] },
  { id: 'ravi', name: 'Ravi Iyer', password: 'welcome-ravi', roles: ['agent'] },
  { id: 'meera', name: 'Meera Joshi', password: 'welcome-meera', roles: ['supervisor'] },
  { id: 'dev', name: 'Dev Rao', password: 'welcome-dev', roles: ['integrator'] },
];
