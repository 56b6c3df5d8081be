import type { ResourceDocument } from '../declaration.ts';
import { listAt, objectAt, textAt } from './document.ts';
import { cityOf } from './places.ts';
import type { TaskContext, TaskHook } from './task-context.ts';

type Technology = 'fibre' | 'mobile';

/** How the network's sites are named, by what they carry. */
const SITE_CODE: { readonly [technology in Technology]: RegExp } = { fibre: /^OLT-/, mobile: /^CELL-/ };
const WORDS: { readonly [technology in Technology]: RegExp } = {
  fibre: /fib|ftth|broadband|landline/i,
  mobile: /mob|4g|5g|sim|prepaid|postpaid/i,
};

/** Says of each service asked for whether the network reaches its place. */
export const checkQualification: TaskHook = async (task, request) => {
  const items: ResourceDocument[] = [];
  for (const item of listAt(request, 'serviceQualificationItem'))
    items.push(await checkItem(task, request, item));
  return {
    ...request,
    serviceQualificationItem: items,
    qualificationResult: resultOf(items.map(({ qualificationResult }) => String(qualificationResult))),
    effectiveQualificationDate: task.now,
    state: 'done',
  };
};

/** The services that customers of the place have and the network there carries. */
export const queryQualification: TaskHook = async (task, request) => {
  const city = await cityOf(task, listAt(request, 'searchCriteria.service.place')[0]);
  const found = city === undefined ? [] : await offersIn(task, city, request);
  return {
    ...request,
    serviceQualificationItem: found.map((service, index) => ({ id: String(index + 1), service })),
    effectiveQualificationDate: task.now,
    state: 'done',
  };
};

async function checkItem(
  task: TaskContext,
  request: ResourceDocument,
  item: ResourceDocument,
): Promise<ResourceDocument> {
  const city = await cityOf(task, listAt(item, 'service.place')[0]);
  const technology = await technologyOf(task, item);
  if (city === undefined) return unqualified(request, item, 'placeUnknown', 'The place is not known.');
  if (technology === undefined)
    return unqualified(request, item, 'serviceUnknown', 'The service is not known.');
  const sites = await task.matching('geographicSite', { place: [{ name: city }] });
  if (carries(sites, technology, 'active')) {
    return {
      ...item,
      qualificationResult: 'qualified',
      state: 'done',
      expectedServiceAvailabilityDate: task.now,
    };
  }
  const planned = carries(sites, technology, 'planned');
  const label = planned
    ? `${city} is planned but not built.`
    : `There is no ${technology} network in ${city}.`;
  const refused = unqualified(request, item, planned ? 'planned' : 'noCoverage', label);
  const other =
    technology === 'fibre' && request.provideAlternative === true && carries(sites, 'mobile', 'active');
  return other ? await withAlternative(task, refused, city) : refused;
}

function unqualified(
  request: ResourceDocument,
  item: ResourceDocument,
  code: string,
  label: string,
): ResourceDocument {
  const reason =
    request.provideUnavailabilityReason === false
      ? {}
      : { eligibilityUnavailabilityReason: [{ code, label }] };
  return { ...item, ...reason, qualificationResult: 'unqualified', state: 'done' };
}

async function withAlternative(
  task: TaskContext,
  item: ResourceDocument,
  city: string,
): Promise<ResourceDocument> {
  const [local] = await task.matching('service', { category: 'mobile', place: [{ name: city }] }, 1);
  const service = local ?? (await task.matching('service', { category: 'mobile' }, 1))[0];
  if (!service) return item;
  const alternateService = { serviceSpecification: service.serviceSpecification, category: 'mobile' };
  const proposal = { id: '1', alternateService, alternateServiceAvailabilityDate: task.now };
  return { ...item, alternateServiceProposal: [proposal], qualificationResult: 'alternate' };
}

const carries = (sites: readonly ResourceDocument[], technology: Technology, status: string): boolean =>
  sites.some((site) => site.status === status && SITE_CODE[technology].test(String(site.code)));

async function technologyOf(task: TaskContext, item: ResourceDocument): Promise<Technology | undefined> {
  const id = textAt(item, 'service.serviceSpecification.id');
  const [known] = id === undefined ? [] : await task.matching('service', { serviceSpecification: { id } }, 1);
  const words = [
    textAt(known, 'category'),
    textAt(item, 'service.category'),
    textAt(item, 'category.name'),
    textAt(item, 'service.serviceSpecification.name'),
    id,
  ].join(' ');
  if (WORDS.fibre.test(words)) return 'fibre';
  return WORDS.mobile.test(words) ? 'mobile' : undefined;
}

async function offersIn(
  task: TaskContext,
  city: string,
  request: ResourceDocument,
): Promise<ResourceDocument[]> {
  const sites = await task.matching('geographicSite', { status: 'active', place: [{ name: city }] });
  const asked =
    textAt(request, 'searchCriteria.category.name') ?? textAt(request, 'searchCriteria.service.category');
  const technologies = (['fibre', 'mobile'] as const).filter((technology) =>
    carries(sites, technology, 'active'),
  );
  const found = new Map<string, ResourceDocument>();
  for (const category of technologies) {
    if (asked !== undefined && !WORDS[category].test(asked)) continue;
    for (const service of await task.matching('service', {
      category,
      state: 'active',
      place: [{ name: city }],
    })) {
      const specification = objectAt(service, 'serviceSpecification');
      if (specification)
        found.set(String(specification.id), { category, serviceSpecification: specification });
    }
  }
  return [...found.values()];
}

function resultOf(results: readonly string[]): string {
  if (results.every((result) => result === 'qualified')) return 'qualified';
  return results.includes('unqualified') ? 'unqualified' : 'alternate';
}
