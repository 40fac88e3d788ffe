// Lists that an account has once and associates with instances, and the ways from the Internet into a branch.
import fc from 'fast-check'
import type { Operation } from '../../../packages/server/src/apis/operation.ts'
import { associateAcl } from '../../../packages/server/src/apis/smartag/acl/associate-acl.ts'
import { createAcl } from '../../../packages/server/src/apis/smartag/acl/create-acl.ts'
import { deleteAcl } from '../../../packages/server/src/apis/smartag/acl/delete-acl.ts'
import { disassociateAcl } from '../../../packages/server/src/apis/smartag/acl/disassociate-acl.ts'
import { associateFlowLog } from '../../../packages/server/src/apis/smartag/flow-logs/associate-flow-log.ts'
import { createFlowLog } from '../../../packages/server/src/apis/smartag/flow-logs/create-flow-log.ts'
import { deleteFlowLog } from '../../../packages/server/src/apis/smartag/flow-logs/delete-flow-log.ts'
import { disassociateFlowLog } from '../../../packages/server/src/apis/smartag/flow-logs/disassociate-flow-log.ts'
import { addDnatEntry } from '../../../packages/server/src/apis/smartag/nat/add-dnat-entry.ts'
import { deleteDnatEntry } from '../../../packages/server/src/apis/smartag/nat/delete-dnat-entry.ts'
import { associateQos } from '../../../packages/server/src/apis/smartag/qos/associate-qos.ts'
import { createQos } from '../../../packages/server/src/apis/smartag/qos/create-qos.ts'
import { deleteQos } from '../../../packages/server/src/apis/smartag/qos/delete-qos.ts'
import { disassociateQos } from '../../../packages/server/src/apis/smartag/qos/disassociate-qos.ts'
import { type ListKind, type Reference, type Site, stateOf } from '../reference.ts'
import { type Step, siteId, step, which } from '../step.ts'
import { attempt } from '../world.ts'

interface Kind {
  /** The name of its id on the wire. */
  readonly id: string
  readonly params: Readonly<Record<string, string>>
  readonly create: Operation
  readonly remove: Operation
  readonly associate: Operation
  readonly disassociate: Operation
  /** Codes: no such list, an eleventh one, the instance has this one, it has another one, it does not have this one. */
  readonly codes: Readonly<Record<'unknown' | 'limit' | 'same' | 'other' | 'without', string>>
  /** Whether the instance is looked for before the list, and how its absence is told. */
  readonly instanceFirst: boolean
  readonly noInstance: string
  /** Why these devices do not take one. */
  readonly lack: (site: Site, isOld: readonly boolean[]) => string | undefined
}

const kinds: Readonly<Record<ListKind, Kind>> = {
  acl: {
    ...{ id: 'AclId', params: { Name: 'branches' }, instanceFirst: true, noInstance: 'InvalidId.SMARTAG' },
    ...{ create: createAcl, remove: deleteAcl, associate: associateAcl, disassociate: disassociateAcl },
    codes: {
      ...{ unknown: 'InvalidId.ACL', limit: 'AclAmountLimit', same: 'SmartAGAlreadyAssociateAcl' },
      ...{ other: 'AclPerSmartagAmountLimit', without: 'SmartAGNotAssociateAcl' },
    },
    lack: ({ kind }, isOld) => (kind === 'app' ? 'SAG.SoftwareNotSupport' : lackOf(isOld)),
  },
  qos: {
    ...{ id: 'QosId', params: { QosName: 'branches' }, instanceFirst: false, noInstance: 'InvalidId.SMARTAG' },
    ...{ create: createQos, remove: deleteQos, associate: associateQos, disassociate: disassociateQos },
    codes: {
      ...{ unknown: 'InvalidId.Qos', limit: 'QosAmountLimit', same: 'SmartAGAlreadyAssociateQos' },
      ...{ other: 'QosPerSmartagAmountLimit', without: 'SmartAGNotAssociateQos' },
    },
    // A gateway that cannot is counted, not refused.
    lack: ({ kind }) => (kind === 'app' ? 'SAG.SoftwareNotSupport' : undefined),
  },
  flowLog: {
    id: 'FlowLogId',
    params: { OutputType: 'netflow', NetflowServerIp: '192.0.2.1' },
    ...{ instanceFirst: false, noInstance: 'InvalidSmartAGId.NotFound' },
    ...{ create: createFlowLog, remove: deleteFlowLog, associate: associateFlowLog, disassociate: disassociateFlowLog },
    codes: {
      ...{ unknown: 'InvalidFlowLogId.NotFound', limit: 'QuotaExceeded.Flowlog', same: 'DependencyViolation.FlowLog' },
      ...{ other: 'OperationFailed.AssociateFlowLog', without: 'InvalidSmartAGId.NotFound' },
    },
    // The large box alone can; those of the test that are old are small ones.
    lack: ({ kind }, isOld) =>
      kind !== 'hardware' || isOld.some((old) => old) ? 'OperationUnsupported.AssociateFlowLog' : undefined,
  },
}

function lackOf([active, standby]: readonly boolean[]): string | undefined {
  if (standby === undefined) return active === true ? 'FeatureNotSupport' : undefined
  if (active === true) return 'FeatureNotSupportForActiveSmartAG'
  return standby ? 'FeatureNotSupportForStandBySmartAG' : undefined
}

const kind = fc.constantFrom<ListKind>('acl', 'qos', 'flowLog')

function listId({ lists }: Reference, wanted: ListKind, place: number): string {
  const ids = [...lists].filter(([, one]) => one === wanted).map(([id]) => id)
  return (place < 0 ? undefined : ids[place % Math.max(1, ids.length)]) ?? `${wanted}-unknown00000000000`
}

const isOldOf = ({ devices }: Reference, site: Site): readonly boolean[] =>
  site.devices.map((serial) => devices.get(serial)?.old === true)

const create = (given: fc.Arbitrary<ListKind>): fc.Arbitrary<Step> =>
  step('CreateList', given, async (wanted, { lists }, world) => {
    const { create: operation, params, codes, id } = kinds[wanted]
    const count = [...lists.values()].filter((one) => one === wanted).length
    const answer = await attempt(world, operation, params, count >= 10 ? codes.limit : undefined)
    if (answer !== undefined) lists.set(String(answer[id]), wanted)
  })

const remove = step('DeleteList', fc.record({ kind, list: which }), async (given, reference, world) => {
  const { remove: operation, codes, id } = kinds[given.kind]
  const list = listId(reference, given.kind, given.list)
  const having = [...reference.sites.values()].filter((site) => site.lists.get(given.kind) === list)
  const refusal = ((): string | undefined => {
    if (!reference.lists.has(list)) return codes.unknown
    if (given.kind === 'flowLog') return having.length > 0 ? 'DependencyViolation.FlowLog' : undefined
    // Devices that came later and cannot filter could not be told.
    const lacks = having.map((site) => lackOf(isOldOf(reference, site)))
    return given.kind === 'acl' ? lacks.find((lack) => lack !== undefined) : undefined
  })()
  if ((await attempt(world, operation, { [id]: list }, refusal)) === undefined) return
  reference.lists.delete(list)
  reference.gone.add(list)
  for (const site of having) site.lists.delete(given.kind)
})

const place = fc.record({ kind, list: which, site: which })

const associate = step('AssociateList', place, async (given, reference, world) => {
  const wanted = kinds[given.kind]
  const [list, SmartAGId] = [listId(reference, given.kind, given.list), siteId(reference, given.site)]
  const site = reference.sites.get(SmartAGId)
  const has = site?.lists.get(given.kind)
  const refusal = findingProblem(reference, wanted, list, SmartAGId) ?? (site && takingProblem(site))
  function takingProblem(one: Site): string | undefined {
    const lack = wanted.lack(one, isOldOf(reference, one))
    const taken = has === undefined ? undefined : has === list ? wanted.codes.same : wanted.codes.other
    // What a log is at is looked at before what the device can.
    return given.kind === 'flowLog' ? (taken ?? lack) : (lack ?? taken)
  }
  const params = { [wanted.id]: list, SmartAGId }
  if ((await attempt(world, wanted.associate, params, refusal)) !== undefined) site?.lists.set(given.kind, list)
})

const disassociate = step('DisassociateList', place, async (given, reference, world) => {
  const wanted = kinds[given.kind]
  const [list, SmartAGId] = [listId(reference, given.kind, given.list), siteId(reference, given.site)]
  const site = reference.sites.get(SmartAGId)
  const found = findingProblem(reference, wanted, list, SmartAGId)
  // An instance that is not there does not have it either.
  const missing = found === 'InvalidId.SMARTAG' && given.kind === 'qos' ? wanted.codes.without : found
  const refusal = missing ?? (site?.lists.get(given.kind) === list ? undefined : wanted.codes.without)
  const params = { [wanted.id]: list, SmartAGId }
  if ((await attempt(world, wanted.disassociate, params, refusal)) !== undefined) site?.lists.delete(given.kind)
})

function findingProblem(reference: Reference, wanted: Kind, list: string, id: string): string | undefined {
  const noList = reference.lists.has(list) ? undefined : wanted.codes.unknown
  const isForeign = id === reference.foreign.site && wanted.instanceFirst
  const noInstance = reference.sites.has(id) ? undefined : isForeign ? 'Forbidden' : wanted.noInstance
  return wanted.instanceFirst ? (noInstance ?? noList) : (noList ?? noInstance)
}

const forward = step(
  'AddDnatEntry',
  fc.record({ site: which, port: fc.integer({ min: 5000, max: 5003 }) }),
  async (given, reference, world) => {
    const SagId = siteId(reference, given.site)
    const site = reference.sites.get(SagId)
    const refusal = ((): string | undefined => {
      if (site === undefined) return SagId === reference.foreign.site ? 'Forbidden' : 'InvalidId.SMARTAG'
      const state = stateOf(site, reference.now)
      if (state === 'idle') return 'SmartAccessGatewayNotActivated'
      if (state === 'expired') return 'SmartAccessGatewayInArrears'
      if (site.kind === 'app' || isOldOf(reference, site).some((old) => old)) return 'FeatureNotSupport'
      return [...site.forwards.values()].includes(given.port) ? 'DuplicatedDnatEntry' : undefined
    })()
    const inside = { Type: 'Internet', IpProtocol: 'tcp', InternalIp: '10.0.0.5', InternalPort: '80' }
    const answer = await attempt(world, addDnatEntry, { SagId, ...inside, ExternalPort: `${given.port}` }, refusal)
    if (answer !== undefined) site?.forwards.set(String(answer['DnatEntryId']), given.port)
  },
)

const forget = step(
  'DeleteDnatEntry',
  fc.record({ site: which, entry: fc.nat(2) }),
  async (given, reference, world) => {
    const SagId = siteId(reference, given.site)
    const site = reference.sites.get(SagId)
    const DnatEntryId = [...(site?.forwards.keys() ?? [])][given.entry] ?? 'fwd-unknown0000000000'
    const refusal = ((): string | undefined => {
      if (SagId === reference.foreign.site) return 'Forbidden'
      return site?.forwards.has(DnatEntryId) ? undefined : 'InstanceNotExit'
    })()
    if ((await attempt(world, deleteDnatEntry, { SagId, DnatEntryId }, refusal)) === undefined) return
    site?.forwards.delete(DnatEntryId)
    reference.gone.add(DnatEntryId)
  },
)

export const onLists: readonly fc.WeightedArbitrary<Step>[] = [
  { weight: 3, arbitrary: create(kind) },
  { weight: 2, arbitrary: remove },
  { weight: 6, arbitrary: associate },
  { weight: 2, arbitrary: disassociate },
  { weight: 3, arbitrary: forward },
  { weight: 1, arbitrary: forget },
]

export const aList: fc.Arbitrary<Step> = create(kind)
