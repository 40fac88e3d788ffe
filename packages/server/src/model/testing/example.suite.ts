// Support for the tests of rules: an instance and a device nothing is special about.
import type { Device } from '../device.ts'
import type { Instance } from '../instance.ts'

export function exampleDevice(facts: Partial<Device> = {}): Device {
  return {
    serial: 'sag00000001',
    model: 'sag-1000',
    version: '2.3.1.1',
    instanceId: undefined,
    role: undefined,
    connected: true,
    synStatus: 'Synchronized',
    sealKey: undefined,
    boundAt: undefined,
    connectedAt: undefined,
    lastSeenAt: undefined,
    startedAt: undefined,
    serviceIp: undefined,
    consoleUrl: undefined,
    resettable: true,
    appliedRevision: 0,
    unlockedAt: undefined,
    restartingSince: undefined,
    lockedSince: undefined,
    passwordGeneration: 0,
    ...facts,
  }
}

/** Ordered at 0, not paid. */
export function exampleInstance(facts: Partial<Instance> = {}): Instance {
  return {
    id: 'sag-example',
    accountId: '1210123456123456',
    regionId: 'cn-shanghai',
    kind: 'hardware',
    spec: 'sag-1000',
    name: undefined,
    description: undefined,
    haType: 'no_backup',
    maxBandwidth: 10,
    resourceGroupId: undefined,
    orderId: '100000000000000',
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
