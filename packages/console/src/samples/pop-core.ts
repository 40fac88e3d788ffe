import { keyVariables, type SampleCall, wirePairs } from './call.ts'
import { commented, header, indented } from './header.ts'
import type { Sample, SampleLanguage } from './language.ts'
import { quoteTypeScript } from './typescript.ts'

/** JavaScript with the older client, which signs with V1. */
export const popCore: SampleLanguage = { id: 'pop-core', label: 'JavaScript (pop-core)', isRun: true, generate }

function generate(call: SampleCall): Sample {
  const install = ['npm install @alicloud/pop-core@1.8.0']
  const run = 'node sample.mjs'
  const members = wirePairs(call).map(({ name, value }) => {
    const shown = 'text' in value ? quoteTypeScript(value.text) : `fromEnvironment('${value.variable}')`
    return `${quoteTypeScript(name)}: ${shown},`
  })
  const text = `${commented(header(call, install, run), '//')}import Core from '@alicloud/pop-core'

function fromEnvironment(name) {
  const value = process.env[name]
  if (!value) throw new Error(\`Set \${name} in the environment.\`)
  return value
}

const client = new Core.RPCClient({
  accessKeyId: fromEnvironment('${keyVariables.id}'),
  accessKeySecret: fromEnvironment('${keyVariables.secret}'),
  securityToken: process.env['${keyVariables.token}'] || undefined,
  endpoint: ${quoteTypeScript(new URL(call.endpoint).origin)},
  apiVersion: '${call.version}',
  opts: { timeout: 60_000 },
})
const params = {
${indented(members, '  ')}}
try {
  console.log(JSON.stringify(await client.request('${call.action}', params, { method: 'POST' }), null, 2))
} catch (error) {
  console.error(error.code ?? 'Failed', error.data?.Message ?? error.message)
  process.exitCode = 1
}
`
  return { files: [{ name: 'sample.mjs', text }], install, run }
}
