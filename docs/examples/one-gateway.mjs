// Make a role that may read one gateway and nothing else, with the official client of RAM.
// Usage: node one-gateway.mjs <instance id>; prints the ARN of the role, which every user who may call AssumeRole can assume.
import { readFileSync } from 'node:fs'
import OpenApi from '@alicloud/openapi-core'
import Ram from '@alicloud/ram20150501'

const { endpoint, accountId, accessKeyId, accessKeySecret } = JSON.parse(
  readFileSync(`${process.env.OPENSAG_DATA ?? '.opensag'}/credentials.json`),
)
const [instanceId] = process.argv.slice(2)
const { protocol, host } = new URL(endpoint)
const { Config } = OpenApi.$OpenApiUtil
const ram = new Ram.default(
  new Config({ endpoint: host, protocol: protocol.slice(0, -1), accessKeyId, accessKeySecret }),
)

const policyDocument = JSON.stringify({
  Version: '1',
  Statement: [
    {
      Effect: 'Allow',
      Action: ['smartag:Describe*', 'smartag:Discribe*', 'smartag:Get*', 'smartag:List*', 'smartag:View*'],
      Resource: `acs:smartag:*:*:smartag/${instanceId}`,
    },
    { Effect: 'Allow', Action: 'smartag:DescribeRegions', Resource: '*' },
  ],
})
const assumeRolePolicyDocument = JSON.stringify({
  Version: '1',
  Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { RAM: [`acs:ram::${accountId}:root`] } }],
})
const roleName = `read-${instanceId}`
await ram.createPolicy(new Ram.CreatePolicyRequest({ policyName: roleName, policyDocument }))
const { body } = await ram.createRole(new Ram.CreateRoleRequest({ roleName, assumeRolePolicyDocument }))
const policy = { policyType: 'Custom', policyName: roleName }
await ram.attachPolicyToRole(new Ram.AttachPolicyToRoleRequest({ roleName, ...policy }))
console.log(body.role.arn)
