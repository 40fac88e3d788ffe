import type { Device } from './device.ts'
import type { Instance } from './instance.ts'

/** Where a lifecycle starts: ordered at 0, nothing else has happened. */
export function blankInstance(facts: Partial<Instance>): Instance {
  return {
    id: 'sag-1',
    accountId: '1',
    regionId: 'cn-shanghai',
    kind: 'hardware',
    spec: 'sag-1000',
    name: undefined,
    description: undefined,
    haType: 'no_backup',
    maxBandwidth: 10,
    resourceGroupId: undefined,
    orderId: '1',
    alreadyHaveSag: false,
    periodMonths: 1,
    createdAt: 0,
    paidAt: undefined,
    shippedAt: undefined,
    arrivedAt: undefined,
    returningAt: undefined,
    activatedAt: undefined,
    overdueSince: undefined,
    endsAt: undefined,
    routingStrategy: 'static',
    securityLockThreshold: 0,
    position: undefined,
    city: undefined,
    ccnId: undefined,
    userCount: undefined,
    dataPlan: undefined,
    enterpriseCode: undefined,
    connectionAudit: false,
    configRevision: 0,
    devices: [],
    ...facts,
  }
}

/** The active device of an instance, switched off. */
export function blankDevice(facts: Partial<Device>): Device {
  return {
    serial: 'sag1',
    model: 'sag-1000',
    version: '2.3.1.1',
    instanceId: 'sag-1',
    role: 'active',
    connected: false,
    synStatus: 'Synchronized',
    sealKey: undefined,
    boundAt: 0,
    connectedAt: undefined,
    lastSeenAt: undefined,
    startedAt: undefined,
    serviceIp: undefined,
    consoleUrl: undefined,
    resettable: true,
    passwordGeneration: 0,
    appliedRevision: 0,
    configOnTrial: false,
    configFailing: false,
    revertedRevision: undefined,
    revertedReason: undefined,
    configReportedAt: undefined,
    unlockedAt: undefined,
    restartingSince: undefined,
    lockedSince: undefined,
    ...facts,
  }
}
