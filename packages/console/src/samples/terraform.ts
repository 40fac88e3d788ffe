import { endpointOf, keyVariables, regionOf, type SampleCall, type SampleParam, secretVariable } from './call.ts'
import { commented, notRun } from './header.ts'
import type { Sample, SampleLanguage } from './language.ts'
import { lineEscapes, longEscape, quoted } from './quote.ts'

/** `${` and `%{` begin a template in HCL; doubled, they are themselves. */
export const quoteHcl = (text: string): string =>
  quoted(text, '"', { '\\': '\\\\', '"': '\\"', ...lineEscapes }, longEscape).replace(/([$%])(?=\{)/g, '$1$1')

interface Resource {
  readonly type: string
  /** Parameters of the call, by the argument of the resource that takes each. */
  readonly args: Readonly<Record<string, string>>
  /** Arguments that the resource requires and the call may leave out. */
  readonly required?: Readonly<Record<string, string>>
}

/** The resources of the provider that come about by one call; a call that changes something has none of its own. */
const resources: Readonly<Record<string, Resource>> = {
  CreateCloudConnectNetwork: {
    type: 'alicloud_cloud_connect_network',
    args: { Name: 'name', Description: 'description', CidrBlock: 'cidr_block', IsDefault: 'is_default' },
    required: { is_default: 'false' },
  },
  BindSmartAccessGateway: {
    type: 'alicloud_cloud_connect_network_attachment',
    args: { CcnId: 'ccn_id', SmartAGId: 'sag_id' },
  },
  CreateSmartAccessGatewayClientUser: {
    type: 'alicloud_sag_client_user',
    args: {
      SmartAGId: 'sag_id',
      Bandwidth: 'bandwidth',
      UserMail: 'user_mail',
      UserName: 'user_name',
      Password: 'password',
      ClientIp: 'client_ip',
    },
  },
  AddSnatEntry: {
    type: 'alicloud_sag_snat_entry',
    args: { SmartAGId: 'sag_id', CidrBlock: 'cidr_block', SnatIp: 'snat_ip' },
  },
}

export const terraform: SampleLanguage = { id: 'terraform', label: 'Terraform', isRun: false, generate }

function generate(call: SampleCall): Sample | undefined {
  const resource = call.product === 'Smartag' ? resources[call.action] : undefined
  if (resource === undefined) return undefined
  const taken = call.params.flatMap((param) => {
    const argument = resource.args[param.name]
    return argument === undefined ? [] : [{ argument, param }]
  })
  const given = new Set(taken.map(({ argument }) => argument))
  const missing = Object.entries(resource.required ?? {}).filter(([argument]) => !given.has(argument))
  const rows = [...taken.map(({ argument, param }) => [argument, shownValue(param)] as const), ...missing]
  const secrets = taken.flatMap(({ param }) => (param.value.kind === 'secret' ? [variableName(param.name)] : []))
  const { scheme, host } = endpointOf(call)
  const install = ['terraform init']
  const run = 'terraform apply'
  const reads = [keyVariables.id, keyVariables.secret, ...secrets.map((name) => `TF_VAR_${name}`)]
  const head = [
    `The resource that ${call.action} (${call.product} ${call.version}) makes`,
    ...notRun,
    ...install.map((line) => `Install: ${line}`),
    `Run:     ${run}`,
    `Reads:   ${reads.join(', ')} and, for a session, ${keyVariables.token}`,
  ]
  const text = `${commented(head, '#')}terraform {
  required_providers {
    alicloud = {
      source = "aliyun/alicloud"
    }
  }
}

provider "alicloud" {
  region                 = ${quoteHcl(regionOf(call))}
  protocol               = "${scheme.toUpperCase()}"
  account_type           = "Domestic"
  skip_region_validation = true
  endpoints {
    smartag = ${quoteHcl(host)}
    sts     = ${quoteHcl(host)}
  }
}
${secrets.map((name) => `\nvariable "${name}" {\n  type      = string\n  sensitive = true\n}\n`).join('')}
resource "${resource.type}" "sample" {
${aligned(rows)}}
`
  return { files: [{ name: 'main.tf', text }], install, run }
}

function shownValue({ name, type, value }: SampleParam): string {
  if (value.kind === 'secret') return `var.${variableName(name)}`
  if (value.kind !== 'text') throw new RangeError('No resource takes a list.')
  return type === 'boolean' && /^(true|false)$/.test(value.text) ? value.text : quoteHcl(value.text)
}

/** `TF_VAR_param_password` in the environment is `var.param_password`. */
function variableName(name: string): string {
  return secretVariable(name).toLowerCase()
}

function aligned(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(0, ...rows.map(([argument]) => argument.length))
  return rows.map(([argument, value]) => `  ${argument.padEnd(width)} = ${value}\n`).join('')
}
