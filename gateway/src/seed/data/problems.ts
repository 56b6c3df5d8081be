/** What customers call about, and how it ends. */
export const problems = [
  {
    category: 'mobile',
    name: 'Slow mobile data',
    description: 'Pages load slowly in the evening.',
    severity: 'Minor',
    resolution: 'The cell was relieved by a second carrier; speed confirmed by a test.',
  },
  {
    category: 'mobile',
    name: 'Calls drop',
    description: 'Calls end by themselves, mostly indoors.',
    severity: 'Major',
    resolution: 'Voice over Wi-Fi was switched on and explained.',
  },
  {
    category: 'mobile',
    name: 'No network after SIM change',
    description: 'The phone shows no service since the SIM was replaced.',
    severity: 'Critical',
    resolution: 'The SIM was provisioned again; the phone was restarted.',
  },
  {
    category: 'fibre',
    name: 'Fibre connection drops',
    description: 'The connection is lost for minutes, several times a day.',
    severity: 'Major',
    resolution: 'A bent patch cord was replaced; optical power is back to normal.',
  },
  {
    category: 'fibre',
    name: 'Wi-Fi does not reach a room',
    description: 'The signal is weak in the back room.',
    severity: 'Minor',
    resolution: 'The router was moved and its channel changed.',
  },
  {
    category: 'fibre',
    name: 'Red light on the ONT',
    description: 'The LOS light is red and nothing works.',
    severity: 'Critical',
    resolution: 'The drop cable was spliced again.',
  },
] as const;

/** What customers ask to have done. */
export const requests = [
  { name: 'Change of address', description: 'The customer moves and wants the service at the new address.' },
  { name: 'Duplicate bill', description: 'The customer needs a signed copy of the last bill.' },
  { name: 'SIM replacement', description: 'The SIM is damaged; a new one is to be sent.' },
  { name: 'International roaming', description: 'Roaming is to be switched on for a journey.' },
] as const;

/** Contacts that need no ticket. */
export const enquiries = [
  {
    reason: 'Plan enquiry',
    description: 'Asked which plans have more data.',
    resolution: 'Plans were explained.',
  },
  {
    reason: 'Bill enquiry',
    description: 'Asked about a charge on the bill.',
    resolution: 'The charge was explained.',
  },
  {
    reason: 'Recharge help',
    description: 'A recharge did not show at once.',
    resolution: 'The recharge was found.',
  },
  {
    reason: 'Welcome call',
    description: 'Called to see whether all is well.',
    resolution: 'The customer is content.',
  },
] as const;

export const channels = [
  { id: 'voice', name: 'Voice call', role: 'interaction' },
  { id: 'chat', name: 'Chat', role: 'interaction' },
  { id: 'app', name: 'Self-care app', role: 'interaction' },
  { id: 'store', name: 'Store', role: 'interaction' },
] as const;
