import { call, type RegionKey } from './call.ts'

const ccnName = 'demo-network'
const appName = 'demo-remote-access'
/** Their passwords are in the mail they got: `opensag operator outbox list`. */
const users = ['zhang.wei@example.com', 'li.na@example.com']

/** The demo CCN, with a range and an SNAT range. */
export async function demoNetwork(key: RegionKey): Promise<string> {
  const page = await call(key, 'DescribeCloudConnectNetworks', { Name: ccnName })
  const there = page.CloudConnectNetworks.CloudConnectNetwork.find((ccn) => ccn.Name === ccnName)
  if (there) return String(there.CcnId)
  const ranges = { CidrBlock: '10.0.0.0/8', SnatCidrBlock: '10.255.0.0/24' }
  const made = await call(key, 'CreateCloudConnectNetwork', { Name: ccnName, ...ranges })
  return String(made.CcnId)
}

/** Gives an instance its CIDR block and puts it into the network, as far as that has not been done. */
export async function joinNetwork(
  key: RegionKey,
  { id, ccn, cidr }: { readonly id: string; readonly ccn: string; readonly cidr: string },
): Promise<void> {
  const attribute = await call(key, 'DescribeSmartAccessGatewayAttribute', { SmartAGId: id })
  if (!attribute.CidrBlock) await call(key, 'ModifySmartAccessGateway', { SmartAGId: id, CidrBlock: cidr })
  if (!attribute.AssociatedCcnId) await call(key, 'BindSmartAccessGateway', { SmartAGId: id, CcnId: ccn })
}

/** One SAG APP instance with two client users. */
export async function demoRemoteAccess(key: RegionKey, ccn: string): Promise<void> {
  const page = await call(key, 'DescribeSmartAccessGateways', { InstanceType: 'software', PageSize: 50 })
  const apps = page.SmartAccessGateways.SmartAccessGateway
  // One without a name is ours from a start that was interrupted: an App is bought without one.
  const there = apps.find((app) => app.Name === appName) ?? apps.find((app) => !app.Name)
  const id = there?.SmartAGId ?? (await purchase(key))
  if (there?.Name !== appName) await call(key, 'ModifySmartAccessGateway', { SmartAGId: id, Name: appName })
  await joinNetwork(key, { id, ccn, cidr: '10.8.0.0/24' })
  const list = await call(key, 'DescribeSmartAccessGatewayClientUsers', { SmartAGId: id, PageSize: 50 })
  const known = new Set(list.Users.User.map((user) => user.UserName))
  for (const mail of users) {
    if (known.has(mail)) continue
    await call(key, 'CreateSmartAccessGatewayClientUser', { SmartAGId: id, UserMail: mail, Bandwidth: 2000 })
  }
}

async function purchase(key: RegionKey): Promise<string> {
  const order = { UserCount: 5, DataPlan: 5, Period: 12, ChargeType: 'PREPAY', AutoPay: true } as const
  return String((await call(key, 'CreateSmartAccessGatewaySoftware', order)).SmartAGId)
}
