import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { WatchedService } from '../measurement/measured-services.ts';
import { findCauses } from './correlation.ts';

let number = 0;
function service(resourceId: string, more: Partial<WatchedService> = {}): WatchedService {
  number += 1;
  return {
    id: `SVC-${number}`,
    name: 'Home fibre',
    category: 'fibre',
    technology: 'fibre',
    circle: 'Delhi',
    firmware: '1.0',
    isBarred: false,
    faults: [],
    resourceId,
    ...more,
  };
}

const MINUTE = 60_000;
const found = (
  services: readonly WatchedService[],
  ill: readonly WatchedService[],
  onsetOf: (service: WatchedService) => number = () => 0,
) =>
  findCauses(services, (each) => (ill.includes(each) ? onsetOf(each) : undefined)).map((cause) => [
    cause.key,
    cause.ill.length,
  ]);

describe('the causes of ill services', () => {
  it('are none for a service that stands alone', () => {
    const services = [service('OLT-1'), service('OLT-1'), service('OLT-2')];
    assert.deepEqual(found(services, services.slice(0, 1)), []);
    assert.deepEqual(found(services, []), []);
  });

  it('are the cell or OLT they hang on', () => {
    const ill = [service('OLT-1'), service('OLT-1'), service('OLT-1')];
    assert.deepEqual(found([...ill, service('OLT-2')], ill), [['resource:OLT-1', 3]]);
  });

  it('are not a cell most of whose services are well', () => {
    const services = Array.from({ length: 10 }, () => service('OLT-1'));
    assert.deepEqual(found(services, services.slice(0, 2)), []);
  });

  it('are the firmware, where it explains more than any one place', () => {
    const ill = ['OLT-1', 'OLT-2', 'OLT-3'].map((id) => service(id, { firmware: '4.0', circle: id }));
    const well = ['OLT-1', 'OLT-2', 'OLT-3'].map((id) => service(id, { circle: id }));
    assert.deepEqual(found([...ill, ...well], ill), [['firmware:4.0', 3]]);
  });

  it('are the area, where several of its OLTs are down together', () => {
    const ill = ['OLT-1', 'OLT-1', 'OLT-2', 'OLT-2'].map((id, index) =>
      service(id, { firmware: `f${index}` }),
    );
    const elsewhere = Array.from({ length: 6 }, () => service('OLT-9', { circle: 'Mumbai' }));
    assert.deepEqual(found([...ill, ...elsewhere], ill), [['area:fibre:Delhi', 4]]);
  });

  it('are one OLT, though others nearby have troubles of their own', () => {
    const ill = ['OLT-1', 'OLT-1', 'OLT-1', 'OLT-8', 'OLT-9'].map((id, index) =>
      service(id, { firmware: `f${index}` }),
    );
    assert.deepEqual(found(ill, ill), [['resource:OLT-1', 3]]);
  });

  it('leave out what was ill long before', () => {
    const old = service('OLT-9', { firmware: 'a' });
    const ill = [service('OLT-1', { firmware: 'b' }), service('OLT-1', { firmware: 'c' })];
    const onsetOf = (each: WatchedService) => (each === old ? 0 : 10 * MINUTE);
    assert.deepEqual(found([old, ...ill], [old, ...ill], onsetOf), [['resource:OLT-1', 2]]);
  });

  it('keep to one kind of service', () => {
    const fibre = [service('OLT-1', { firmware: 'a' }), service('OLT-2', { firmware: 'b' })];
    const mobile = service('CELL-1', { category: 'mobile', technology: '4G', firmware: 'none' });
    assert.deepEqual(found([...fibre, mobile], [...fibre, mobile]), []);
  });

  it('are several, where there are several faults', () => {
    const one = [
      service('OLT-1', { circle: 'a', firmware: 'a' }),
      service('OLT-1', { circle: 'a', firmware: 'b' }),
    ];
    const other = [
      service('OLT-2', { circle: 'b', firmware: 'c' }),
      service('OLT-2', { circle: 'b', firmware: 'd' }),
    ];
    const alone = service('OLT-3', { circle: 'c', firmware: 'e' });
    const causes = found([...one, ...other, alone], [...one, ...other, alone]);
    assert.deepEqual(causes.sort(), [
      ['resource:OLT-1', 2],
      ['resource:OLT-2', 2],
    ]);
  });
});
