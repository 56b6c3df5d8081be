import { msg } from '@lit/localize';

/** The KPI's name for the agent; the gateway's own name for one that is not known here. */
export function indicatorName(id: string, name: string): string {
  switch (id) {
    case 'latency':
      return msg('Latency');
    case 'packetLoss':
      return msg('Packet loss');
    case 'signal':
      return msg('Signal');
    case 'throughput':
      return msg('Throughput');
    default:
      return name;
  }
}

/** A TMF638 service state for the agent. */
export function stateName(state: string): string {
  switch (state) {
    case 'active':
      return msg('Active');
    case 'inactive':
      return msg('Not active');
    case 'terminated':
      return msg('Ended');
    default:
      return msg('In preparation');
  }
}

/** A service category for the agent, where it is one we know. */
export function categoryName(category: string): string {
  switch (category) {
    case 'mobile':
      return msg('Mobile');
    case 'fibre':
      return msg('Fibre');
    default:
      return category;
  }
}
