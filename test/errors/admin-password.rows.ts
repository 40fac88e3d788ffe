import type { Row } from './row.ts'
import { app, branch, buy, editLocally, pass, powerOff, region } from './world.ts'

const Password = 'New_password1'
const serial = 'sag00000001'
const standby = 'sag00000002'
const none = 'sag-0000000000000000ab'

/** Every row of ModifySAGAdminPassword, by the state that causes it. */
export const modifySagAdminPassword: Readonly<Record<string, Row>> = {
  'MissingParam.Password': async (world) => ({ ...(await ready(world)), Password: undefined }),
  'IllegalParam.Password': async (world) => ({ ...(await ready(world)), Password: 'has*star' }),
  'SAG.InstanceNoFound': async () => call(none),
  'SAG.SoftwareNotSupport': async (world) => call(await app(world)),
  'SAG.SoftwareNotSupportFeature': async (world) =>
    call(await buy(world, { HardWareSpec: 'sag-vcpe', HaType: 'warm_backup' })),
  SmartAccessGatewayNotActivated: async (world) => call(await buy(world)),
  SmartAccessGatewayInArrears: async (world) => {
    const id = await branch(world, [{ serial }], { Period: '1' })
    await pass(world, 32)
    return call(id)
  },
  InstanceNotExit: async (world) => {
    const id = await branch(world, [{ serial }])
    await world.call('UnbindSerialNumber', { RegionId: region, SmartAGId: id, SerialNumber: serial })
    return call(id)
  },
  FeatureNotSupport: async (world) => call(await branch(world, [{ serial, model: 'SCG5000', version: '3.4.2.0' }])),
  FeatureNotSupportForActiveSmartAG: async (world) =>
    call(await branch(world, [{ serial, version: '1.9.9.9' }, { serial: standby }], pair)),
  FeatureNotSupportForStandBySmartAG: async (world) =>
    call(await branch(world, [{ serial }, { serial: standby, version: '1.9.9.9' }], pair)),
  SmartAccessGatewayOffline: async (world) => {
    const id = await branch(world, [{ serial }])
    await powerOff(world, serial)
    return call(id)
  },
  SmartAccessGatewayNotOnline: async (world) => {
    const id = await branch(world, [{ serial }, { serial: standby }], pair)
    await powerOff(world, standby)
    return { ...call(id), SmartAGSn: standby }
  },
  ConfigUnsynchronized: async (world) => {
    const id = await branch(world, [{ serial }])
    await editLocally(world, serial)
    return call(id)
  },
}

const pair = { HaType: 'warm_backup' }

function call(SmartAGId: string) {
  return { RegionId: region, SmartAGId, SmartAGSn: serial, Password }
}

async function ready(world: Parameters<Row>[0]) {
  return call(await branch(world, [{ serial }]))
}

/** Every row of UpdateSmartAccessGatewayAdminPassword. */
export const updateAdminPassword: Readonly<Record<string, Row>> = {
  'MissParameter.GatewayId': async () => ({ ...update(none), SagInsId: undefined }),
  'MissParameter.Password': async (world) => ({ ...update(await newer(world)), Password: undefined }),
  'InvalidParameter.Password': async (world) => ({ ...update(await newer(world)), Password: 'short' }),
  'SAG.InstanceNoFound': async () => update(none),
  'SAG.SoftwareNotSupport': async (world) => update(await app(world)),
  SmartAccessGatewayNotActivated: async (world) => update(await buy(world)),
  'GATEWAY.InvalidSN': async (world) => ({ ...update(await newer(world)), SagSn: 'sag99999999' }),
  DeviceNotExist: async (world) => {
    const id = await newer(world)
    await world.call('UnbindSerialNumber', { RegionId: region, SmartAGId: id, SerialNumber: serial })
    return update(id)
  },
  'InvalidSpec.FeatureNotSupport': async (world) => update(await branch(world, [{ serial }])),
  FeatureNotSupport: async (world) => update(await newer(world, '3.4.1.0')),
  SmartAccessGatewayNotOnline: async (world) => {
    const id = await newer(world)
    await powerOff(world, serial)
    return update(id)
  },
}

function update(SagInsId: string) {
  return { RegionId: region, SagInsId, SagSn: serial, Password }
}

function newer(world: Parameters<Row>[0], version = '3.4.2.0'): Promise<string> {
  return branch(world, [{ serial, model: 'SCG5000', version }])
}
