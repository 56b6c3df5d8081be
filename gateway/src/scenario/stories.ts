import type { FaultKind } from '../measurement/faults.ts';
import type { IndicatorId } from '../measurement/indicators.ts';
import type { Draw } from '../seed/draw.ts';
import { bar, changeSim, rollOutFirmware, warnOfDebt, type Act } from './acts.ts';
import type { StageService } from './stage.ts';

export interface Story {
  readonly description: string;
  /** What it needs, in words, for when that is not there. */
  readonly needs: string;
  /** Whom it strikes; empty when there is nobody it could strike. */
  readonly cast: (stage: readonly StageService[], draw: Draw) => readonly StageService[];
  readonly fault?: FaultKind;
  /** The alarms that it must lead to, on each of the services. */
  readonly alarms: readonly IndicatorId[];
  /** Changes of TMF data, each at its second of the story. */
  readonly acts: readonly { readonly at: number; readonly act: Act }[];
}

export const scenarioNames = [
  'evening-congestion',
  'fibre-cut',
  'sim-swap',
  'payment-barring',
  'router-thermal',
  'firmware-rollout',
] as const;
export type ScenarioName = (typeof scenarioNames)[number];

const MINUTE = 60;

export const stories: { readonly [name in ScenarioName]: Story } = {
  'evening-congestion': {
    description: 'A cell fills up: its services become slow.',
    needs: 'a cell with two mobile services that are well',
    cast: sharing('mobile', ({ resourceId }) => resourceId, 1),
    fault: 'congestion',
    alarms: ['throughput', 'latency'],
    acts: [],
  },
  'fibre-cut': {
    description: 'The cable of a line terminal is cut: its services are gone.',
    needs: 'a line terminal with two fibre services that are well',
    cast: sharing('fibre', ({ resourceId }) => resourceId, 1),
    fault: 'fibreCut',
    alarms: ['signal'],
    acts: [],
  },
  'sim-swap': {
    description: 'A new SIM is in use, but the network does not know it yet.',
    needs: 'a mobile service that is well',
    cast: oneOf(({ category }) => category === 'mobile'),
    fault: 'notRegistered',
    alarms: ['signal'],
    acts: [{ at: 0, act: changeSim }],
  },
  'payment-barring': {
    description: 'A bill stays unpaid: the services are barred, and the network is well.',
    needs: 'a postpaid service that is well',
    cast: (stage, draw) => {
      const [first] = oneOf(({ paymentType }) => paymentType === 'postpaid')(stage, draw);
      return stage.filter(
        ({ customerId, paymentType }) => customerId === first?.customerId && paymentType === 'postpaid',
      );
    },
    alarms: [],
    acts: [
      { at: 0, act: warnOfDebt },
      { at: MINUTE, act: bar('outgoing') },
      { at: 4 * MINUTE, act: bar('all') },
    ],
  },
  'router-thermal': {
    description: 'A router is too hot and slows itself down.',
    needs: 'a fibre service that is well',
    cast: oneOf(({ category }) => category === 'fibre'),
    fault: 'overheating',
    alarms: ['throughput', 'latency'],
    acts: [],
  },
  'firmware-rollout': {
    description: 'Routers of one model get a firmware that drops packets.',
    needs: 'three fibre services, on two line terminals, with the same router, that are well',
    cast: sharing('fibre', ({ routerModel }) => routerModel, 2),
    fault: 'badFirmware',
    alarms: ['packetLoss'],
    acts: [{ at: 0, act: rollOutFirmware }],
  },
};

type Cast = Story['cast'];

function oneOf(isMeant: (service: StageService) => boolean): Cast {
  return (stage, draw) => {
    const possible = stage.filter(isMeant);
    return possible.length > 0 ? [draw.from(possible)] : [];
  };
}

/** All services that share something, on at least so many cells or line terminals, and one more service than that. */
function sharing(
  category: string,
  shared: (service: StageService) => string | undefined,
  resources: number,
): Cast {
  return (stage, draw) => {
    const groups = Map.groupBy(
      stage.filter((service) => service.category === category && shared(service) !== undefined),
      shared,
    );
    const possible = [...groups.values()].filter(
      (group) =>
        group.length > resources && new Set(group.map(({ resourceId }) => resourceId)).size >= resources,
    );
    return possible.length > 0 ? draw.from(possible) : [];
  };
}
