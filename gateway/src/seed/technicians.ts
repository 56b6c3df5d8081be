import type { ResourceDocument } from '../tmf/declaration.ts';
import { circles, type Circle } from './data/circles.ts';
import { givenNames, familyNames } from './data/names.ts';
import { textCharacteristic, type Ledger } from './ledger.ts';

const PER_CITY = 2;

/** The people who go to customers: each city has its own. */
export function addTechnicians(ledger: Ledger): void {
  for (const circle of circles) {
    for (let index = 0; index < PER_CITY; index += 1) {
      const { id, name } = technicianOf(circle, index);
      ledger.add('partyRole', {
        id,
        name: 'Field technician',
        status: 'active',
        engagedParty: { id: `${String(id)}-P`, name, '@referredType': 'Individual' },
        characteristic: [
          textCharacteristic('city', circle.city),
          textCharacteristic('circle', circle.circle),
        ],
      });
    }
  }
}

export function technicianOf(circle: Circle, index: number): ResourceDocument {
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
