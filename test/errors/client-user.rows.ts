import type { Row } from './row.ts'
import { app, branch, region } from './world.ts'

const UserName = 'remote.user'

/** Every row of ResetSmartAccessGatewayClientUserPassword. */
export const resetClientUserPassword: Readonly<Record<string, Row>> = {
  'SAG.InstanceIdEmpty': async () => ({ RegionId: region, UserName, SmartAGId: '' }),
  'ClientUser.NameEmpty': async (world) => ({ RegionId: region, SmartAGId: await app(world) }),
  // The only listed code that can say that there is no such user.
  'ClientUser.NameInvalid': async (world) => {
    const SmartAGId = await appWithUser(world)
    await world.call('DeleteSmartAccessGatewayClientUser', { RegionId: region, SmartAGId, UserName })
    return { RegionId: region, SmartAGId, UserName }
  },
  'SAG.InstanceNoFound': async (world) => ({ RegionId: region, SmartAGId: await branch(world), UserName }),
}

async function appWithUser(world: Parameters<Row>[0]): Promise<string> {
  const SmartAGId = await app(world)
  await world.call('ModifySmartAccessGateway', { RegionId: region, SmartAGId, CidrBlock: '10.9.0.0/24' })
  await world.call('CreateSmartAccessGatewayClientUser', {
    RegionId: region,
    SmartAGId,
    UserName,
    Password: 'First_password1',
    UserMail: 'remote.user@example.com',
    Bandwidth: '2000',
  })
  return SmartAGId
}
