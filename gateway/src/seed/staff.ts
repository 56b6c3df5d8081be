import type { Role } from '../auth/roles.ts';
import type { ResourceDocument } from '../tmf/declaration.ts';
import { demoAgents, type DemoAgent } from './data/agents.ts';
import { circles, type Circle } from './data/circles.ts';
import { givenNames, familyNames } from './data/names.ts';
import { textCharacteristic, type Ledger } from './ledger.ts';

const PER_CITY = 2;

const JOBS: Readonly<Record<Role, string>> = {
  agent: 'Contact centre agent',
  supervisor: 'Contact centre supervisor',
  integrator: 'Systems integrator',
};

/** The people who work for the operator: those whom customers talk to, and those who go to them. */
export function addStaff(ledger: Ledger): void {
  for (const agent of demoAgents) {
    const [role = 'agent'] = agent.roles;
    addMember(ledger, agentParty(agent), { name: JOBS[role] });
  }
  for (const circle of circles) {
    const characteristic = [
      textCharacteristic('city', circle.city),
      textCharacteristic('circle', circle.circle),
    ];
    for (let index = 0; index < PER_CITY; index += 1) {
      addMember(ledger, technicianOf(circle, index), { name: 'Field technician', characteristic });
    }
  }
}

/** The role, and the person who has it: of somebody who is no customer, only the name is kept. */
function addMember(ledger: Ledger, { id, name }: Member, role: ResourceDocument): void {
  const [givenName, familyName] = name.split(' ');
  const person = ledger.add('individual', {
    id: `${id}-P`,
    givenName,
    familyName,
    fullName: name,
    formattedName: name,
    status: 'validated',
  });
  ledger.add('partyRole', {
    ...role,
    id,
    status: 'active',
    engagedParty: { id: person.id, name, '@referredType': 'Individual' },
  });
}

/** A member of the staff as a related party. */
interface Member extends ResourceDocument {
  readonly id: string;
  readonly name: string;
}

/** An agent as the related party of what the agent did: known by the name the agent signs in with. */
export const agentParty = ({ id, name }: DemoAgent): Member => ({
  id,
  name,
  role: 'agent',
  '@referredType': 'PartyRole',
});

export function technicianOf(circle: Circle, index: number): Member {
  const number = circles.indexOf(circle) * PER_CITY + index;
  const given = givenNames[(number * 7) % givenNames.length];
  const family = familyNames[(number * 11) % familyNames.length];
  return {
    id: `PR-${number + 1}`,
    name: `${given} ${family}`,
    role: 'technician',
    '@referredType': 'PartyRole',
  };
}
