#!/usr/bin/env node
// Takes the arguments of the aliyun command line that the examples use, and makes the same calls with the official client for Node.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'

const { RPCClient } = createRequire(import.meta.url)('@alicloud/pop-core')
const configuration = join(homedir(), '.aliyun/config.json')
const [first, action, ...args] = process.argv.slice(2)
const given = args.filter((word) => /^--[A-Z]\w*=/.test(word))
const { values } = parseArgs({
  args: args.filter((word) => !given.includes(word)),
  options: {
    profile: { type: 'string' },
    mode: { type: 'string' },
    'access-key-id': { type: 'string' },
    'access-key-secret': { type: 'string' },
    region: { type: 'string' },
    endpoint: { type: 'string' },
    method: { type: 'string' },
    force: { type: 'boolean' },
    insecure: { type: 'boolean' },
  },
})

if (first === 'configure' && action === 'set') {
  mkdirSync(dirname(configuration), { recursive: true })
  writeFileSync(configuration, JSON.stringify(values))
} else {
  if (first !== 'smartag' || values.force !== true) throw new Error('Not a call of the examples.')
  const key = JSON.parse(readFileSync(configuration, 'utf8'))
  if (key.profile !== values.profile) throw new Error(`There is no profile ${values.profile}.`)
  const client = new RPCClient({
    endpoint: `${values.insecure ? 'http' : 'https'}://${values.endpoint}`,
    apiVersion: '2018-03-13',
    accessKeyId: key['access-key-id'],
    accessKeySecret: key['access-key-secret'],
  })
  const parts = given.map((word) => /^--(\w+)=(.*)$/s.exec(word).slice(1))
  const answer = await client.request(
    action,
    { RegionId: key.region, ...Object.fromEntries(parts) },
    { method: values.method },
  )
  console.log(JSON.stringify(answer, null, '\t'))
}
