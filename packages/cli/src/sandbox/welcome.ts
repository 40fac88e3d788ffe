import type { RunningServer } from '@opensag/server'
import { dataHint } from '../hint.ts'
import { labelled } from '../print.ts'
import { say } from '../say.ts'
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
    ? `${first.accessKeySecret.reveal()}   (${say('shown once; kept in credentials.json')})`
    : say('(in credentials.json of the data folder)')
  const target = instances.find(({ Name }) => Name === 'demo-sag-100wm')
  const list = `npx opensag operator device list${dataHint(data)}`
  const [serial = ''] = (target?.SerialNumber ?? '').split(',')
  return `
${say('OpenSAG sandbox is ready.')}

${labelled([
  [say('Console'), `${server.url}/console/`],
  [say('API endpoint'), `${server.url}   (${say('region {region}', { region: key.regionId })})`],
  [say('AccessKey id'), key.accessKeyId],
  [say('AccessKey secret'), secret],
])}

  ${say('Gateways (for the addresses of their local consoles: {command})', { command: list })}
${rows.join('\n')}

${say('To change the password of a gateway, run this and type the new password:')}

  npx opensag call ModifySAGAdminPassword${dataHint(data)} SmartAGId=${target?.SmartAGId ?? 'sag-…'} SmartAGSn=${serial} Password=@-

${say('Press Ctrl-C to stop. All data stays in the data folder.')}
`
}
