// Change a gateway's administrator password with @alicloud/openapi-core, signature V3 or, as the third argument, V1 ("v2").
// Usage: node openapi-core.mjs <SmartAGId> <SmartAGSn> [v2], the new password on standard input.
import { readFileSync } from 'node:fs'
import OpenApi from '@alicloud/openapi-core'

const { regionId, endpoint, ...key } = JSON.parse(
  readFileSync(`${process.env.OPENSAG_DATA ?? '.opensag'}/credentials.json`),
)
const [SmartAGId, SmartAGSn, signatureAlgorithm] = process.argv.slice(2)
const { protocol, host } = new URL(endpoint)
const { Config, OpenApiRequest, Params } = OpenApi.$OpenApiUtil
const client = new OpenApi.default(
  new Config({ ...key, endpoint: host, protocol: protocol.slice(0, -1), signatureAlgorithm }),
)
const api = {
  action: 'ModifySAGAdminPassword',
  version: '2018-03-13',
  protocol: protocol.slice(0, -1),
  pathname: '/',
  method: 'POST',
}
const params = new Params({ ...api, authType: 'AK', style: 'RPC', reqBodyType: 'formData', bodyType: 'json' })
const body = { RegionId: regionId, SmartAGId, SmartAGSn, Password: readFileSync(0, 'utf8').trim() }
console.log((await client.callApi(params, new OpenApiRequest({ body }), { readTimeout: 60_000 })).body)
