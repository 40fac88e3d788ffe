import type { Sealer } from '../../sealing/sealing.ts'
import { GatewayConfigs } from '../gateways/configurations.ts'
import type { Reader, Store, Writer } from '../store.ts'
import type { Fleet } from './fleet.ts'
import { countMembers } from './member-counts.ts'
import { listFleet } from './overview.ts'
import { inParts } from './parts.ts'
import { listInstances } from './queries.ts'
import { StoredFleet } from './stored-fleet.ts'

/** The fleet inside one unit of work. Without a sealer, device keys can be neither stored nor read. */
export function createFleet(
  db: Reader | Writer,
  sealer?: Sealer,
  gatewayConfigs: GatewayConfigs = new GatewayConfigs(db),
): Fleet {
  return new StoredFleet(db, sealer, gatewayConfigs)
}

/** A fleet that is no unit of work: every call reads or writes committed state on its own. */
export function createCommittedFleet(store: Store, sealer?: Sealer): Fleet {
  const read = <T>(work: (fleet: Fleet) => Promise<T>): Promise<T> => store.read((db) => work(createFleet(db, sealer)))
  const write = <T>(work: (fleet: Fleet) => Promise<T>): Promise<T> =>
    store.write((tx) => work(createFleet(tx, sealer)))
  return {
    instance: (accountId, regionId, id) => read((fleet) => fleet.instance(accountId, regionId, id)),
    instanceById: (id) => read((fleet) => fleet.instanceById(id)),
    instanceByOrder: (orderId) => read((fleet) => fleet.instanceByOrder(orderId)),
    // Of very many: part by part, each in a unit of its own.
    instances: (filter, page, keep) => listInstances(inParts(store), filter, page, keep),
    overview: (filter, limit) => listFleet(inParts(store), filter, limit),
    count: (filter) => read((fleet) => fleet.count(filter)),
    memberCounts: (ccnIds) => countMembers(inParts(store), ccnIds),
    device: (serial) => read((fleet) => fleet.device(serial)),
    devices: () => read((fleet) => fleet.devices()),
    changeInProgress: (serial) => read((fleet) => fleet.changeInProgress(serial)),
    isGrantedTo: (instanceId, accountId) => read((fleet) => fleet.isGrantedTo(instanceId, accountId)),
    firmware: (model) => read((fleet) => fleet.firmware(model)),
    enrolmentKey: (serial) => read((fleet) => fleet.enrolmentKey(serial)),
    addInstance: (instance) => write((fleet) => fleet.addInstance(instance)),
    addDevice: (device) => write((fleet) => fleet.addDevice(device)),
    editDevice: (serial, edit) => write((fleet) => fleet.editDevice(serial, edit)),
    resetIdentity: (serial, enrolmentKey) => write((fleet) => fleet.resetIdentity(serial, enrolmentKey)),
    renewIdentity: (serial, enrolmentKey, at) => write((fleet) => fleet.renewIdentity(serial, enrolmentKey, at)),
    advanceOrder: (id, step, at) => write((fleet) => fleet.advanceOrder(id, step, at)),
    ship: (id, serials, at) => write((fleet) => fleet.ship(id, serials, at)),
    configure: (id, settings) => write((fleet) => fleet.configure(id, settings)),
    bind: (serial, instanceId, role, at) => write((fleet) => fleet.bind(serial, instanceId, role, at)),
    unbind: (serial) => write((fleet) => fleet.unbind(serial)),
    unlock: (instanceId, at) => write((fleet) => fleet.unlock(instanceId, at)),
    deleteInstance: (id) => write((fleet) => fleet.deleteInstance(id)),
    renew: (id, months, now) => write((fleet) => fleet.renew(id, months, now)),
    expire: (id, now) => write((fleet) => fleet.expire(id, now)),
    setOverdue: (id, since) => write((fleet) => fleet.setOverdue(id, since)),
  }
}
