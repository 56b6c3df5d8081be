import type { Queryable } from '../../store/database.ts';
import type { SwitchState, SwitchStore } from '../switch/switch-state.ts';

/** Keeps the simulated switch in the gateway's database. */
export const databaseStore = (database: Queryable): SwitchStore => ({
  read: async () => {
    const [row] = await database.query<{ state: SwitchState }>('select state from simulated_switch');
    return row?.state;
  },
  write: async (state) => {
    await database.query(
      `insert into simulated_switch (state) values ($1)
       on conflict (singleton) do update set state = excluded.state`,
      [JSON.stringify(state)],
    );
  },
});
