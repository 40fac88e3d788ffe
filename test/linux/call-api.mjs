// One call of the API with the official client, over whatever the endpoint's scheme is.
// Usage: node call-api.mjs <Action>, the parameters as JSON on standard input, OPENSAG_DATA as in docs/examples.
import { readFileSync } from 'node:fs'
import OpenApi from '@alicloud/openapi-core'

const { regionId, endpoint, ...key } = JSON.parse(readFileSync(`${process.env.OPENSAG_DATA}/credentials.json`))
const { protocol: scheme, host } = new URL(endpoint)
const protocol = scheme.slice(0, -1)
const { Config, OpenApiRequest, Params } = OpenApi.$OpenApiUtil
const client = new OpenApi.default(new Config({ ...key, endpoint: host, protocol }))
const params = new Params({
  action: process.argv[2],
  version: '2018-03-13',
  protocol,
  pathname: '/',
  method: 'POST',
  authType: 'AK',
  style: 'RPC',
  reqBodyType: 'formData',
  bodyType: 'json',
})
const body = { RegionId: regionId, ...JSON.parse(readFileSync(0, 'utf8')) }
console.log(JSON.stringify((await client.callApi(params, new OpenApiRequest({ body }), {})).body))
