import { lookup as resolveName, type LookupAddress } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';

/** Where the gateway may send events. Everything else on its network stays out of reach of who registers a callback. */
export interface CallbackPolicy {
  /** Says what is wrong with a callback address, or nothing. */
  refusal(callback: URL): string | undefined;
  /** Resolves a name and lets only addresses through that may be reached; the connection is made to those. */
  readonly lookup: LookupFunction;
}

/** Networks that no public name should lead to: this machine, private and shared ranges, link-local, multicast. */
const SPECIAL_NETWORKS = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '224.0.0.0/3',
  '::/96',
  '64:ff9b::/96',
  '2002::/16',
  'fc00::/7',
  'fe80::/10',
  'ff00::/8',
];
export const LOOPBACK_HOSTS: readonly string[] = ['localhost', '127.0.0.0/8', '::1'];

const loopback = networks(LOOPBACK_HOSTS);
const special = networks(SPECIAL_NETWORKS);

/**
 * An allow-list has names (`hooks.example`, `*.hooks.example`, or `*` for every public name) and addresses or networks
 * (`10.1.0.0/16`). A name that leads to an address outside the public internet needs that address on the list too.
 */
export function callbackPolicy(allowedHosts: readonly string[]): CallbackPolicy {
  const names = allowedHosts.filter((entry) => !isNetwork(entry)).map((entry) => entry.toLowerCase());
  const listed = networks(allowedHosts);
  const mayReach = (address: string) => contains(listed, address) || !contains(special, address);
  const isListed = (host: string) =>
    isIP(host) ? contains(listed, host) : names.some((name) => matchesName(name, host));
  return {
    refusal: (callback) => {
      const host = hostOf(callback);
      if (!isListed(host)) return 'Its host is not on the gateway’s list of allowed hosts.';
      if (callback.protocol === 'https:' || isLoopback(host)) return undefined;
      return 'Use https; http is for this machine only.';
    },
    lookup: (name, options, done) => {
      resolveName(name, { ...options, all: true }, (error, addresses) => {
        const refused = error ?? refusedAddress(addresses, mayReach);
        if (refused) done(refused, []);
        else if (options.all) done(null, addresses);
        else done(null, addresses[0]?.address ?? '', addresses[0]?.family);
      });
    },
  };
}

/** Whether an entry of the list is an address or a network, in a form that can be used. */
export function isNetwork(entry: string): boolean {
  const [address = '', bits, ...rest] = entry.split('/');
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
}

export const isHostName = (entry: string): boolean => /^(\*|(\*\.)?[a-z\d-]+(\.[a-z\d-]+)*)$/i.test(entry);

/** The host without the brackets of an IPv6 address; a URL has already put every spelling of an address in one form. */
export const hostOf = (url: URL): string => url.hostname.replace(/^\[|\]$/g, '').toLowerCase();

export const isLoopback = (host: string): boolean =>
  host === 'localhost' || (isIP(host) > 0 && contains(loopback, host));

function networks(entries: readonly string[]): BlockList {
  const list = new BlockList();
  for (const entry of entries.filter(isNetwork)) {
    const [address = '', bits] = entry.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    list.addSubnet(address, Number(bits ?? (family === 'ipv6' ? 128 : 32)), family);
  }
  return list;
}

const contains = (list: BlockList, address: string): boolean =>
  list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');

function matchesName(pattern: string, host: string): boolean {
  if (pattern === '*') return true;
  return pattern.startsWith('*.') ? host.endsWith(pattern.slice(1)) : host === pattern;
}

function refusedAddress(
  addresses: readonly LookupAddress[],
  mayReach: (address: string) => boolean,
): Error | undefined {
  const all = addresses.length > 0 && addresses.every(({ address }) => mayReach(address));
  return all ? undefined : new Error('The host’s name leads to an address that may not be reached.');
}
