import type { ResourceDocument } from '../../tmf/declaration.ts';
import type { Draw } from '../draw.ts';
import type { Ledger } from '../ledger.ts';
import type { Subscriber } from '../operator.ts';

/** Homes lie within about eight kilometres of the middle of their city. */
const SPREAD = 0.08;

/** The customer's home: its address, the flat in it, where it lies, and the site that services are installed at. */
export function addHome(ledger: Ledger, { id, party, circle, customer }: Subscriber, draw: Draw): void {
  const { street1, postCode } = postalAddress(customer);
  const [streetNr, streetName] = street1.split(', ');
  const location = addPoint(ledger, `Home of ${id}`, near(circle, draw), [id]);
  const address = ledger.add('geographicAddress', {
    id: `ADR-${id}`,
    name: `${street1}, ${circle.city}`,
    streetNr,
    streetName,
    city: circle.city,
    postcode: postCode,
    stateOrProvince: circle.state,
    country: 'India',
    geographicLocation: { id: location.id, name: location.name, '@referredType': 'GeographicLocation' },
  });
  if (draw.oneIn(2)) {
    const flat = { subUnitType: 'flat', subUnitNumber: String(1 + draw.number(40)) };
    const level = { levelType: 'floor', levelNumber: String(draw.number(12)) };
    ledger.add('geographicSubAddress', { ...flat, ...level }, { parentId: address.id as string });
  }
  ledger.add('geographicSite', {
    id: `SITE-${id}`,
    name: 'Home',
    description: 'Where the services of the customer are installed.',
    code: `HOME-${id}`,
    status: 'active',
    place: [{ id: address.id, name: circle.city, '@referredType': 'GeographicAddress' }],
    relatedParty: [party],
  });
}

export function addPoint(
  ledger: Ledger,
  name: string,
  { latitude, longitude }: Coordinates,
  about: readonly string[] = [],
): ResourceDocument {
  const geometry = { type: 'Point', coordinates: [longitude, latitude] };
  const point = { name, '@type': 'GeoJsonPoint', '@baseType': 'GeographicLocation', geoJson: { geometry } };
  return ledger.add('geographicLocation', point, { about });
}

export interface Coordinates {
  readonly latitude: number;
  readonly longitude: number;
}

export function near({ latitude, longitude }: Coordinates, draw: Draw): Coordinates {
  const shift = () => ((draw.number(2_001) - 1_000) / 1_000) * SPREAD;
  const rounded = (value: number) => Math.round(value * 100_000) / 100_000;
  return { latitude: rounded(latitude + shift()), longitude: rounded(longitude + shift()) };
}

function postalAddress(customer: ResourceDocument): { street1: string; postCode: string } {
  const media = customer.contactMedium as readonly { mediumType: string; characteristic: ResourceDocument }[];
  const { street1, postCode } =
    media.find(({ mediumType }) => mediumType === 'postalAddress')?.characteristic ?? {};
  return { street1: String(street1), postCode: String(postCode) };
}
