import { endpointOf, keyVariables, type SampleCall, type WirePair, wirePairs } from './call.ts'
import { commented, header, indented } from './header.ts'
import type { Sample, SampleLanguage } from './language.ts'
import { hex, lineEscapes, quoted } from './quote.ts'
import { isWellTyped, type TypedSdk, typedSdkFor, typeScriptSdks } from './typed-sdks.ts'

export const quoteTypeScript = (text: string): string =>
  quoted(text, "'", { '\\': '\\\\', "'": "\\'", ...lineEscapes }, (codePoint) => `\\u{${hex(codePoint, 1)}}`)

const core = ['@alicloud/openapi-core@1.0.8', '@darabonba/typescript']
const versions: Readonly<Record<string, string>> = {
  '@alicloud/ram20150501': '1.2.1',
  '@alicloud/sts20150401': '1.2.0',
}

/** The typed package of the product where npm has one, else the core client; both sign with V3. */
export const typeScript: SampleLanguage = {
  id: 'typescript',
  label: 'TypeScript',
  isRun: true,
  generate: (call) => {
    const scalars = call.params.every(({ value }) => value.kind === 'text' || value.kind === 'secret')
    const sdk = scalars && isWellTyped(call) ? typedSdkFor(typeScriptSdks, call) : undefined
    return sdk === undefined ? withCore(call) : withTypes(call, sdk)
  },
}

function sample(call: SampleCall, packages: readonly string[], imports: string, body: string): Sample {
  const install = [`npm install ${packages.join(' ')}`]
  const run = 'node sample.mts   # Node.js 22.18 or newer; before that: npx tsx sample.mts'
  const { scheme, host } = endpointOf(call)
  const text = `${commented(header(call, install, run), '//')}${imports}
function fromEnvironment(name: string): string {
  const value = process.env[name]
  if (!value) throw new Error(\`Set \${name} in the environment.\`)
  return value
}

const config = new OpenApi.$OpenApiUtil.Config({
  accessKeyId: fromEnvironment('${keyVariables.id}'),
  accessKeySecret: fromEnvironment('${keyVariables.secret}'),
  securityToken: process.env['${keyVariables.token}'] || undefined,
  endpoint: ${quoteTypeScript(host)},
  protocol: '${scheme}',
})
const runtime = new RuntimeOptions({ readTimeout: 60_000 })
${body}`
  return { files: [{ name: 'sample.mts', text }], install, run }
}

const report = `} catch (error) {
  const { code, message } = error as { code?: string; message: string }
  console.error(code ?? 'Failed', message)
  process.exitCode = 1
}
`

function withCore(call: SampleCall): Sample {
  const imports = `import OpenApi from '@alicloud/openapi-core'
import { RuntimeOptions } from '@darabonba/typescript'
`
  const members = wirePairs(call).map((pair) => `${quoteTypeScript(pair.name)}: ${shownValue(pair)},`)
  return sample(
    call,
    core,
    imports,
    `const client = new OpenApi.default(config)
const params = new OpenApi.$OpenApiUtil.Params({
  action: '${call.action}',
  version: '${call.version}',
  protocol: config.protocol,
  pathname: '/',
  method: 'POST',
  authType: 'AK',
  style: 'RPC',
  reqBodyType: 'formData',
  bodyType: 'json',
})
const request = new OpenApi.$OpenApiUtil.OpenApiRequest({
  body: {
${indented(members, '    ')}  },
})
try {
  const { body } = await client.callApi(params, request, runtime)
  console.log(JSON.stringify(body, null, 2))
${report}`,
  )
}

function withTypes(call: SampleCall, { package: name }: TypedSdk): Sample {
  const imports = `import Sdk, { ${call.action}Request } from '${name}'
import OpenApi from '@alicloud/openapi-core'
import { RuntimeOptions } from '@darabonba/typescript'
`
  const members = call.params.map(({ name: param, type, value }) => {
    const [pair] = wirePairs({ ...call, params: [{ name: param, type, value }] })
    const isBare = type !== 'string' && value.kind === 'text'
    return `${lowerFirst(param)}: ${isBare ? value.text : shownValue(pair as WirePair)},`
  })
  return sample(
    call,
    [`${name}@${versions[name]}`, ...core],
    imports,
    `const client = new Sdk.default(config)
const request = new ${call.action}Request({
${indented(members, '  ')}})
try {
  const { body } = await client.${lowerFirst(call.action)}WithOptions(request, runtime)
  console.log(JSON.stringify(body?.toMap(), null, 2))
${report}`,
  )
}

function shownValue({ value }: WirePair): string {
  return 'text' in value ? quoteTypeScript(value.text) : `fromEnvironment('${value.variable}')`
}

export function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1)
}
