import type { Sealer } from '../ram/sealing.ts'
import { type Addresses, createAddresses } from './addresses.ts'
import { createCommittedFleet, createFleet, type Fleet } from './fleet.ts'
import { createNetworks, type Networks } from './networks.ts'
import { createRemoteUsers, type RemoteUsers } from './remote-users.ts'
import type { Reader, Store, Writer } from './store.ts'

/** Everything an operation finds and changes, inside one unit of work. */
export interface Repositories {
  /** Instances and devices. */
  readonly fleet: Fleet
  /** Cloud Connect Networks, CENs, VBRs and grants. */
  readonly networks: Networks
  /** Accounts of SAG APP instances, their sessions, enterprise codes. */
  readonly remoteUsers: RemoteUsers
  /** CIDR blocks, SNAT entries, service addresses. */
  readonly addresses: Addresses
}

export function createRepositories(db: Reader | Writer, sealer?: Sealer): Repositories {
  return {
    fleet: createFleet(db, sealer),
    networks: createNetworks(db),
    remoteUsers: createRemoteUsers(db),
    addresses: createAddresses(db),
  }
}

export interface Units {
  read<T>(work: (repositories: Repositories) => Promise<T>): Promise<T>
  write<T>(work: (repositories: Repositories) => Promise<T>): Promise<T>
}

/** Units of work, as operations that reach the world between them begin them. */
export function createUnits(store: Store, sealer?: Sealer): Units {
  return {
    read: <T>(work: (repositories: Repositories) => Promise<T>): Promise<T> =>
      store.read((db) => work(createRepositories(db, sealer))),
    write: <T>(work: (repositories: Repositories) => Promise<T>): Promise<T> =>
      store.write((tx) => work(createRepositories(tx, sealer))),
  }
}

/** What an operation of transaction `device` has outside its units of work: single looks at the fleet. */
export function committedRepositories(store: Store, sealer?: Sealer): Repositories {
  return {
    fleet: createCommittedFleet(store, sealer),
    networks: onlyInUnit,
    remoteUsers: onlyInUnit,
    addresses: onlyInUnit,
  }
}

/** Stands where a unit of work is needed: whoever uses it is told. */
const onlyInUnit = new Proxy({} as never, {
  get(): never {
    throw new Error('An operation that reaches gateways meets this only inside a unit of work.')
  },
})
