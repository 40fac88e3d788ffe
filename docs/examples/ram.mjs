// Give a colleague an access key that may look at gateways and nothing else, with the official client of RAM.
// Usage: node ram.mjs <user name>; prints the key, whose secret cannot be read again.
import { readFileSync } from 'node:fs'
import OpenApi from '@alicloud/openapi-core'
import Ram from '@alicloud/ram20150501'

const { endpoint, accessKeyId, accessKeySecret } = JSON.parse(
  readFileSync(`${process.env.OPENSAG_DATA ?? '.opensag'}/credentials.json`),
)
const [userName] = process.argv.slice(2)
const { protocol, host } = new URL(endpoint)
const { Config } = OpenApi.$OpenApiUtil
const ram = new Ram.default(
  new Config({ endpoint: host, protocol: protocol.slice(0, -1), accessKeyId, accessKeySecret }),
)

await ram.createUser(new Ram.CreateUserRequest({ userName }))
const policy = { policyType: 'System', policyName: 'AliyunSmartAccessGatewayReadOnlyAccess' }
await ram.attachPolicyToUser(new Ram.AttachPolicyToUserRequest({ userName, ...policy }))
const { body } = await ram.createAccessKey(new Ram.CreateAccessKeyRequest({ userName }))
console.log(
  JSON.stringify({ accessKeyId: body.accessKey.accessKeyId, accessKeySecret: body.accessKey.accessKeySecret }),
)
