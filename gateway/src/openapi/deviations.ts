export interface Deviation {
  /** Which lines of the comparison it explains. */
  readonly matches: RegExp;
  readonly reason: string;
}

/** What only the server knows, or writes when a task is done. */
const WRITTEN_BY_THE_SERVER = [
  'alternateGeographicAddress',
  'availableTimeSlot',
  'confirmationDate',
  'creationDate',
  'customerBill',
  'effectiveQualificationDate',
  'endDate',
  'impactedBucket',
  'initialDate',
  'lastModified',
  'lastUpdate',
  'qualificationResult',
  'queryUsageConsumptionDate',
  'requestedCancellationDate',
  'riskAssessmentResult',
  'serviceDate',
  'validGeographicAddress',
  'validationDate',
  'validationResult',
].join('|');

/** Why we serve something else than the official v4 files say. A line no entry explains fails the comparison. */
export const deviations: readonly Deviation[] = [
  {
    matches: /^TMF\d{3} get \S*\/hub(\/\{\})?: added$/,
    reason: 'A subscription can be read, because its owner must see when deliveries fail or are paused.',
  },
  {
    matches: /^TMF688 Hub(_Create)?: no such schema$/,
    reason: 'The hubs of topics answer with the same EventSubscription as all others.',
  },
  {
    matches: /^TMF\d{3} put \/(document|loyalty\w+)\/\{\}: not offered$/,
    reason:
      'The REST guidelines (TMF630) change resources with PATCH; PUT would lose what a client does not know.',
  },
  {
    matches: /^TMF656 get \/problem\w+(\/\{\})?: added$/,
    reason: 'A task is kept as a record of who did what, and can be read.',
  },
  {
    matches: /: any, not object$/,
    reason: 'The definition holds itself. The tables end there and take what is inside as it is.',
  },
  {
    matches: /^TMF642 \S+\.id: string, not integer$/,
    reason: 'Alarms are identified by texts in practice, and in the files’ own samples.',
  },
  {
    matches: /\.@(type|baseType|schemaLocation): added$/,
    reason: 'Every resource can be extended, also where the file forgets to say so.',
  },
  {
    matches: new RegExp(`_(Create|Update)\\.(${WRITTEN_BY_THE_SERVER}): missing$`),
    reason: 'Written by the server: ignored in a create, and unchanged in a patch.',
  },
  {
    matches: /_(Create|Update)\.(?!@)\w+: added$/,
    reason:
      'One table describes a resource, so a create or a patch may give every attribute that is the client’s to say.',
  },
  {
    matches: /^TMF683 PartyInteraction_Create\.(interactionDate|status): optional here$/,
    reason: 'Clients open an interaction without them; it begins now and is open.',
  },
  {
    matches: /^TMF672 UserRole_Create\.involvementRole: optional here$/,
    reason: 'Clients of the field create roles without it.',
  },
  {
    matches: /^TMF673 GeographicAddressValidation_Create\.provideAlternative: optional here$/,
    reason: 'Left out, it means that no alternatives are wanted.',
  },
  {
    matches: /^TMF675 GeographicLocation_Create\.@type: optional here$/,
    reason: 'Left out, it is the resource’s own type, as for every resource.',
  },
  {
    matches: /^TMF658 LoyaltyEvent\.(id|href): added$/,
    reason: 'Every resource has an id and an address.',
  },
  {
    matches: /^TMF658 LoyaltyProgram(Member|Product)\.relatedParty: added$/,
    reason: 'Whose it is, so that it is found with the customer; the file has no other place for it.',
  },
  {
    matches: /^TMF675 GeographicLocation\.geoJson: added$/,
    reason: 'An attribute of the subtype GeoJson, which the table of the resource includes.',
  },
];
