import {
  endpointOf,
  keyVariables,
  regionOf,
  type SampleCall,
  type SampleParam,
  secretVariable,
  wirePairs,
} from './call.ts'
import { commented, header, indented } from './header.ts'
import type { Sample, SampleLanguage } from './language.ts'
import { hex, lineEscapes, longEscape, quoted } from './quote.ts'
import { isWellTyped, pythonSdks, type TypedSdk, typedSdkFor } from './typed-sdks.ts'

export const quotePython = (text: string): string =>
  quoted(text, '"', { '\\': '\\\\', '"': '\\"', ...lineEscapes }, (codePoint) =>
    codePoint <= 0xff ? `\\x${hex(codePoint, 2)}` : longEscape(codePoint),
  )

const core = 'alibabacloud-tea-openapi==0.4.6'
const versions: Readonly<Record<string, string>> = {
  alibabacloud_smartag20180313: '2.1.2',
  alibabacloud_ram20150501: '1.3.0',
  alibabacloud_sts20150401: '1.2.0',
}

/** Every package that any of the programs installs. */
export const pythonPackages: readonly string[] = [
  core,
  ...Object.entries(versions).map(([name, version]) => pinned(name, version)),
].sort()

function pinned(name: string, version: string | undefined): string {
  return `${name.replace('_', '-')}==${version}`
}

/** The typed package of the product where PyPI has one, else the core client; both sign with V3. */
export const python: SampleLanguage = {
  id: 'python',
  label: 'Python',
  isRun: true,
  generate: (call) => {
    const sdk = isWellTyped(call) ? typedSdkFor(pythonSdks, call) : undefined
    return sdk === undefined ? withCore(call) : withTypes(call, sdk)
  },
}

interface Parts {
  readonly packages: readonly string[]
  readonly imports: readonly string[]
  /** The statement that makes `request`. */
  readonly request: string
  /** An expression that is the answer as a dictionary. */
  readonly answer: string
}

function sample(call: SampleCall, { packages, imports, request, answer }: Parts): Sample {
  const install = ['python3 -m venv .venv', `.venv/bin/pip install ${packages.join(' ')}`]
  const run = '.venv/bin/python sample.py'
  const { scheme, host } = endpointOf(call)
  const text = `${commented(header(call, install, run), '#')}import json
import os
import sys

${imports.map((line) => `${line}\n`).join('')}from darabonba.exceptions import DaraException
from darabonba.runtime import RuntimeOptions


def from_environment(name: str) -> str:
    value = os.environ.get(name)
    if not value:
        sys.exit(f"Set {name} in the environment.")
    return value


client = Client(
    Config(
        access_key_id=from_environment("${keyVariables.id}"),
        access_key_secret=from_environment("${keyVariables.secret}"),
        security_token=os.environ.get("${keyVariables.token}") or None,
        region_id=${quotePython(regionOf(call))},
        endpoint=${quotePython(host)},
        protocol="${scheme}",
    )
)
runtime = RuntimeOptions(read_timeout=60_000)
${request}
try:
    body = ${answer}
except DaraException as error:
    sys.exit(f"{error.code} {error.message}")
print(json.dumps(body, ensure_ascii=False, indent=2))
`
  return { files: [{ name: 'sample.py', text }], install, run }
}

function withCore(call: SampleCall): Sample {
  const members = wirePairs(call).map(({ name, value }) => {
    const shown = 'text' in value ? quotePython(value.text) : `from_environment("${value.variable}")`
    return `${quotePython(name)}: ${shown},`
  })
  return sample(call, {
    packages: [core],
    imports: [
      'from alibabacloud_tea_openapi.client import Client',
      'from alibabacloud_tea_openapi.utils_models import Config, OpenApiRequest, Params',
    ],
    request: `params = Params(
    action="${call.action}",
    version="${call.version}",
    protocol="${endpointOf(call).scheme}",
    pathname="/",
    method="POST",
    auth_type="AK",
    style="RPC",
    req_body_type="formData",
    body_type="json",
)
request = OpenApiRequest(
    body={
${indented(members, '        ')}    }
)`,
    answer: 'client.call_api(params, request, runtime)["body"]',
  })
}

function withTypes(call: SampleCall, { package: name }: TypedSdk): Sample {
  const model = `${call.action}Request`
  const members = call.params.map((param) => `${snake(param.name)}=${typedValue(param, model, '')},`)
  return sample(call, {
    packages: [pinned(name, versions[name]), core],
    imports: [
      `from ${name} import models`,
      `from ${name}.client import Client`,
      'from alibabacloud_tea_openapi.utils_models import Config',
    ],
    request:
      members.length === 0
        ? `request = models.${model}()`
        : `request = models.${model}(\n${indented(members, '    ')})`,
    answer: `client.${methodOf(call.action)}(request, runtime).body.to_map()`,
  })
}

function typedValue({ name, type, value }: SampleParam, model: string, path: string): string {
  switch (value.kind) {
    case 'secret':
      return `from_environment("${secretVariable(path + name)}")`
    case 'list':
      return `[${value.items.map((item) => (type === 'array<integer>' ? item : quotePython(item))).join(', ')}]`
    case 'objects': {
      const inner = `${model}${name}`
      const items = value.items.map((members, index) => {
        const shown = members.map(
          (member) => `${snake(member.name)}=${typedValue(member, inner, `${path}${name}.${index + 1}.`)}`,
        )
        return `models.${inner}(${shown.join(', ')})`
      })
      return `[${items.join(', ')}]`
    }
    case 'text':
      if (type === 'integer' || type === 'long') return value.text
      if (type === 'boolean') return value.text === 'true' ? 'True' : 'False'
      return quotePython(value.text)
  }
}

/** Of a client. The packages spell it as one word, so an action that ends with capitals runs into the next one: `…_dnswith_options`. */
export function methodOf(action: string): string {
  return snake(`${action}WithOptions`)
}

/** As the SDK's generator does it: `ModifySAGAdminPassword` is `modify_sagadmin_password`. */
export function snake(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase()
}
