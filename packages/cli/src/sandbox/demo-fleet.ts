import type { SimulatedFleet } from '@opensag/agent'
import { Secret } from '@opensag/protocol'
import { askOperator } from '../operator-client.ts'
import { call, type RegionKey } from './call.ts'
import { demoNetwork, demoRemoteAccess, joinNetwork } from './demo-network.ts'

/** One instance of the demo fleet and the devices bound to it; what it is for stands in its description. */
interface DemoInstance {
  readonly name: string
  readonly description: string
  readonly spec: 'sag-1000' | 'sag-100wm' | 'sag-vcpe'
  readonly haType: 'no_backup' | 'cold_backup' | 'warm_backup'
  readonly bandwidth: number
  /** The branch's network, inside the demo CCN's range. */
  readonly cidr: string
  readonly devices: readonly DemoDevice[]
}

interface DemoDevice {
  readonly serial: string
  readonly model: string
  readonly version: string
}

/** What a vCPE image runs before it ever reported. */
const imageVersion = '2.3.1.1'

/** A vCPE has no devices here: its two serial numbers come with the purchase. */
export const demoInstances: readonly DemoInstance[] = [
  {
    name: 'demo-sag-1000-pair',
    description: 'Two-SAG-1000-in-warm-backup',
    spec: 'sag-1000',
    haType: 'warm_backup',
    bandwidth: 50,
    cidr: '10.1.0.0/24',
    devices: [
      { serial: 'sagdemo1000a', model: 'sag-1000', version: '2.3.1.1' },
      { serial: 'sagdemo1000b', model: 'sag-1000', version: '2.3.1.1' },
    ],
  },
  {
    name: 'demo-sag-100wm',
    description: 'A-branch-with-one-SAG-100WM',
    spec: 'sag-100wm',
    haType: 'no_backup',
    bandwidth: 10,
    cidr: '10.2.0.0/24',
    devices: [{ serial: 'sagdemo100wm', model: 'sag-100wm', version: '2.3.1.1' }],
  },
  {
    name: 'demo-scg5000',
    description: 'A-newer-box-new-enough-for-UpdateSmartAccessGatewayAdminPassword',
    spec: 'sag-1000',
    haType: 'no_backup',
    bandwidth: 100,
    cidr: '10.3.0.0/24',
    devices: [{ serial: 'sagdemo5000a', model: 'SCG5000', version: '3.4.2.0' }],
  },
  {
    name: 'demo-scg5000-old',
    description: 'A-newer-box-too-old-for-UpdateSmartAccessGatewayAdminPassword',
    spec: 'sag-1000',
    haType: 'no_backup',
    bandwidth: 100,
    cidr: '10.4.0.0/24',
    devices: [{ serial: 'sagdemo5000b', model: 'SCG5000', version: '3.4.1.0' }],
  },
  {
    name: 'demo-vcpe',
    description: 'Two-gateway-images-on-virtual-machines',
    spec: 'sag-vcpe',
    haType: 'warm_backup',
    bandwidth: 20,
    cidr: '10.5.0.0/24',
    devices: [],
  },
]

/**
 * Brings the demo fleet into being through the operator side and the public API, like any customer would. Every step
 * looks first whether it was done before, so an interrupted first start is finished by the next one.
 */
export async function seedDemoFleet(data: string, key: RegionKey, fleet: SimulatedFleet): Promise<void> {
  const ccn = await demoNetwork(key)
  const devices = (await askOperator(data, 'device list', {})) as readonly { readonly serial: string }[]
  const inventory = new Set(devices.map((device) => device.serial))
  for (const demo of demoInstances) {
    for (const device of demo.devices) {
      if (!inventory.has(device.serial)) await askOperator(data, 'device add', device)
      // A start that was interrupted just here left a device without its gateway, and its key is gone.
      else if (!fleet.has(device.serial)) await fleet.add({ ...device, enrolmentKey: await renewedKey(data, device) })
    }
    const id = (await findInstance(key, demo.name)) ?? (await purchase(key, demo))
    const attribute = await call(key, 'DescribeSmartAccessGatewayAttribute', { SmartAGId: id })
    const bound = attribute.Devices
    const serials = new Set(bound.Device.map((device) => device.SerialNumber))
    for (const device of demo.devices) {
      if (!serials.has(device.serial)) {
        await call(key, 'BindSerialNumber', { SmartAGId: id, SerialNumber: device.serial })
      }
    }
    if (attribute.Status === 'Received') await call(key, 'ActivateSmartAccessGateway', { SmartAGId: id })
    if (demo.spec === 'sag-vcpe') {
      for (const {
        SerialNumber: serial = '',
        SecretKey: secretKey = '',
        SoftwareVersion: version = imageVersion,
      } of bound.Device) {
        if (fleet.has(serial)) continue
        await fleet.add({ serial, model: 'sag-vcpe', version, enrolmentKey: Secret.of(secretKey) })
      }
    }
    await joinNetwork(key, { id, ccn, cidr: demo.cidr })
  }
  await demoRemoteAccess(key, ccn)
}

async function renewedKey(data: string, { serial }: DemoDevice): Promise<Secret> {
  const { enrolmentKey } = (await askOperator(data, 'device reenrol', { serial })) as { readonly enrolmentKey: string }
  return Secret.of(enrolmentKey)
}

async function findInstance(key: RegionKey, name: string): Promise<string | undefined> {
  const page = await call(key, 'DescribeSmartAccessGateways', { Name: name })
  return page.SmartAccessGateways.SmartAccessGateway.find((instance) => instance.Name === name)?.SmartAGId
}

async function purchase(key: RegionKey, demo: DemoInstance): Promise<string> {
  const created = await call(key, 'CreateSmartAccessGateway', {
    Name: demo.name,
    Description: demo.description,
    HardWareSpec: demo.spec,
    HaType: demo.haType,
    MaxBandWidth: demo.bandwidth,
    ChargeType: 'PREPAY',
    Period: 12,
    AutoPay: true,
    AlreadyHaveSag: true,
    BuyerMessage: 'demo',
    ReceiverName: 'Demo',
    ReceiverCountry: 'China',
    ReceiverState: 'Shanghai',
    ReceiverCity: 'Shanghai',
    ReceiverDistrict: 'Pudong',
    ReceiverTown: 'Zhangjiang',
    ReceiverAddress: '1 Example Road',
    ReceiverZip: '201203',
    ReceiverMobile: '13000000000',
    ReceiverEmail: 'demo@example.com',
  })
  return String(created.SmartAGId)
}
