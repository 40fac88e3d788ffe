// Change a gateway's administrator password with @alicloud/pop-core (signature V1).
// Usage: node pop-core.mjs <SmartAGId> <SmartAGSn>, the new password on standard input.
import { readFileSync } from 'node:fs'
import Core from '@alicloud/pop-core'

const { regionId, ...account } = JSON.parse(readFileSync(`${process.env.OPENSAG_DATA ?? '.opensag'}/credentials.json`))
const [SmartAGId, SmartAGSn] = process.argv.slice(2)
const Password = readFileSync(0, 'utf8').trim()
const client = new Core.RPCClient({ ...account, apiVersion: '2018-03-13', opts: { timeout: 60_000 } })
const params = { RegionId: regionId, SmartAGId, SmartAGSn, Password }
console.log(await client.request('ModifySAGAdminPassword', params, { method: 'POST' }))
