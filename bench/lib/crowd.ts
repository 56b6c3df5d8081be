import { openDatabase } from '../../gateway/src/store/open.ts';
import { seedOnce } from '../../gateway/src/seed/seed.ts';

const SEEDED = 40;
/** One statement must not take longer than a statement may. */
const BATCH = 5_000;
const FIRST = 1_001;

/**
 * Fills a database with the demonstration data, and then with copies of its customers and their services under other ids:
 * everything that the demonstration has about a customer would take hours for so many.
 */
export async function makeCrowd(
  place: { dataDir: string; databaseUrl?: string },
  customers: number,
): Promise<void> {
  const database = await openDatabase(place);
  try {
    await seedOnce(database, { seed: 7, customers: SEEDED, now: Date.now(), onProgress: () => undefined });
    for (let from = SEEDED; from < customers; from += BATCH) {
      const range = [from, Math.min(from + BATCH, customers) - 1];
      await database.query(COPY_CUSTOMERS, range);
      await database.query(COPY_SERVICES, range);
    }
    await database.query('vacuum analyze resource');
  } finally {
    await database.close();
  }
}

const COPY_CUSTOMERS = `
  insert into resource (kind, id, document, customer_ids)
  select kind, 'C-' || number, document || jsonb_build_object(
      'id', 'C-' || number,
      'name', (document->>'name') || ' ' || number,
      'engagedParty', document->'engagedParty' || jsonb_build_object('id', 'IND-' || number)),
    array['C-' || number]
  from (select ${FIRST} + index as number, 'C-' || (${FIRST} + index % ${SEEDED}) as original
        from generate_series($1::int, $2::int) as index) as copy
  join resource on kind = 'customer' and id = original
  order by number`;

const COPY_SERVICES = `
  insert into resource (kind, id, document, customer_ids)
  select kind, id || '-' || number, document || jsonb_build_object(
      'id', id || '-' || number,
      'relatedParty', jsonb_build_array(document->'relatedParty'->0 || jsonb_build_object('id', 'C-' || number))),
    array['C-' || number]
  from (select ${FIRST} + index as number, 'C-' || (${FIRST} + index % ${SEEDED}) as original
        from generate_series($1::int, $2::int) as index) as copy
  join resource on kind = 'service' and customer_ids = array[original]
  order by number`;
