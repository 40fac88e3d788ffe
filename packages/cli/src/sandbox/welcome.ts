import type { RunningServer } from '@opensag/server'
import { dataHint } from '../hint.ts'
import { call, type RegionKey } from './call.ts'

/** What a person needs to begin, and nothing else. The secret is printed by the start that made it only. */
export async function welcome(server: RunningServer, key: RegionKey, data: string): Promise<string> {
  const page = await call(key, 'DescribeSmartAccessGateways', { PageSize: 50 })
  const instances = page.SmartAccessGateways.SmartAccessGateway
  const rows = instances
    .toSorted((a, b) => (a.Name ?? '').localeCompare(b.Name ?? ''))
    .map(({ SmartAGId, Name = '', SerialNumber = '' }) => `    ${SmartAGId}  ${Name.padEnd(20)} ${SerialNumber}`)
  const first = server.firstCredentials
  const secret = first
    ? `  AccessKey secret ${first.accessKeySecret.reveal()}   (shown once; kept in credentials.json)`
    : '  AccessKey secret (in credentials.json of the data folder)'
  const target = instances.find(({ Name }) => Name === 'demo-sag-100wm')
  const [serial = ''] = (target?.SerialNumber ?? '').split(',')
  return `
OpenSAG sandbox is ready.

  Console          ${server.url}/console/
  API endpoint     ${server.url}   (region ${key.regionId})
  AccessKey id     ${key.accessKeyId}
${secret}

  Gateways (for the addresses of their local consoles: npx opensag operator device list${dataHint(data)})
${rows.join('\n')}

To change the password of a gateway, run this and type the new password:

  npx opensag call ModifySAGAdminPassword${dataHint(data)} SmartAGId=${target?.SmartAGId ?? 'sag-…'} SmartAGSn=${serial} Password=@-

Press Ctrl-C to stop. All data stays in the data folder.
`
}
