import type { Line } from '../switch/line.ts';

export interface Colleague {
  readonly agentId: string;
  readonly name: string;
}

/** A person or a queue that a call can be put through to. */
export interface Target {
  readonly id: number;
  readonly type: 'AGENT' | 'ACD_QUEUE';
  readonly name: string;
  readonly number: string;
  readonly userName?: string;
  readonly isAvailable: boolean;
}

const QUEUES = [
  { number: '8001', name: 'Fibre support' },
  { number: '8002', name: 'Mobile support' },
  { number: '8003', name: 'Billing' },
  { number: '8004', name: 'Retention' },
];
const MOST = 100;

/** Who can be reached: the agents at the switch, and the queues. */
export function findTargets(lines: readonly Line[], text: string, limit: number): Target[] {
  const agents = lines.map(({ agentId, name, dn, state }): Target => ({
    id: Number(dn),
    type: 'AGENT',
    name,
    number: dn,
    userName: agentId,
    isAvailable: state === 'Ready',
  }));
  const queues = QUEUES.map(({ number, name }): Target => ({
    id: Number(number),
    type: 'ACD_QUEUE',
    name,
    number,
    isAvailable: true,
  }));
  const wanted = text.toLocaleLowerCase('en');
  return [...agents, ...queues]
    .filter(({ name, number }) => name.toLocaleLowerCase('en').includes(wanted) || number.startsWith(wanted))
    .slice(0, Math.min(MOST, limit));
}

export const targetView = (target: Target): Record<string, unknown> => ({
  id: target.id,
  type: target.type,
  name: target.name,
  displayName: target.name,
  number: target.number,
  ...(target.userName !== undefined && { userName: target.userName }),
  availability: {
    channels: [{ channelName: 'voice', available: target.isAvailable, phoneNumber: target.number }],
  },
});
