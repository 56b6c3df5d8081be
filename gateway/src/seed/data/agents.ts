/** The demonstration's agents; the passwords are meant to be known. */
export const demoAgents = [
  { id: 'asha', name: 'Asha Menon', password: 'welcome-asha' },
  { id: 'ravi', name: 'Ravi Iyer', password: 'welcome-ravi' },
] as const;
