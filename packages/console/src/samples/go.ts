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
import { lineEscapes, longEscape, quoted } from './quote.ts'
import { goSdks, isWellTyped, type TypedSdk, typedSdkFor } from './typed-sdks.ts'

export const quoteGo = (text: string): string =>
  quoted(text, '"', { '\\': '\\\\', '"': '\\"', ...lineEscapes }, longEscape)

export const goModule = 'github.com/aliyun/alibaba-cloud-sdk-go'
export const goGet: string = `go get ${goModule}@v1.63.107`

/** Typed requests of the SDK where it has them, else its common request; both sign with V1. */
export const go: SampleLanguage = {
  id: 'go',
  label: 'Go',
  isRun: true,
  generate: (call) => {
    const sdk = isWellTyped(call) ? typedSdkFor(goSdks, call) : undefined
    return sdk === undefined ? withCommonRequest(call) : withTypes(call, sdk)
  },
}

interface Parts {
  readonly imports: readonly string[]
  readonly client: string
  /** Statements that make `request`, one level deep. */
  readonly request: readonly string[]
  readonly send: string
}

function sample(call: SampleCall, { imports, client, request, send }: Parts): Sample {
  const install = ['go mod init sample', goGet]
  const run = 'go run .'
  const { scheme, host } = endpointOf(call)
  const own = ['sdk', 'sdk/auth', 'sdk/auth/credentials', ...imports].sort().map((path) => `"${goModule}/${path}"`)
  const text = `${commented(header(call, install, run), '//')}package main

import (
	"fmt"
	"os"
	"time"

${indented(own, '\t')})

func fromEnvironment(name string) string {
	value := os.Getenv(name)
	if value == "" {
		fail(fmt.Errorf("set %s in the environment", name))
	}
	return value
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

func main() {
	id, secret := fromEnvironment("${keyVariables.id}"), fromEnvironment("${keyVariables.secret}")
	var credential auth.Credential = credentials.NewAccessKeyCredential(id, secret)
	if token := os.Getenv("${keyVariables.token}"); token != "" {
		credential = credentials.NewStsTokenCredential(id, secret, token)
	}
	config := sdk.NewConfig().WithScheme("${scheme.toUpperCase()}").WithTimeout(60 * time.Second)
	client, err := ${client}.NewClientWithOptions(${quoteGo(regionOf(call))}, config, credential)
	if err != nil {
		fail(err)
	}

${indented(request, '\t')}	request.Domain = ${quoteGo(host)}
	response, err := ${send}
	if err != nil {
		fail(err)
	}
	fmt.Println(response.GetHttpContentString())
}
`
  return { files: [{ name: 'main.go', text }], install, run }
}

function withCommonRequest(call: SampleCall): Sample {
  const members = wirePairs(call)
    .filter(({ name }) => name !== 'RegionId') // the client adds its own
    .map(({ name, value }) => {
      const shown = 'text' in value ? quoteGo(value.text) : `fromEnvironment("${value.variable}")`
      return `request.FormParams[${quoteGo(name)}] = ${shown}`
    })
  return sample(call, {
    imports: ['sdk/requests'],
    client: 'sdk',
    request: [
      'request := requests.NewCommonRequest()',
      'request.Method = requests.POST',
      `request.Product = "${call.product}"`,
      `request.Version = "${call.version}"`,
      `request.ApiName = "${call.action}"`,
      ...members,
    ],
    send: 'client.ProcessCommonRequest(request)',
  })
}

function withTypes(call: SampleCall, { package: name }: TypedSdk): Sample {
  const { action, params } = call
  const wrapped = params.some(({ type, value }) => value.kind === 'text' && type !== 'string')
  return sample(call, {
    imports: [...(wrapped ? ['sdk/requests'] : []), `services/${name}`],
    client: name,
    request: [
      `request := ${name}.Create${action}Request()`,
      ...params.map((param) => `request.${upperFirst(param.name)} = ${typedValue(param, `${name}.${action}`, '')}`),
    ],
    send: `client.${action}(request)`,
  })
}

function typedValue({ name, type, value }: SampleParam, owner: string, path: string): string {
  switch (value.kind) {
    case 'secret':
      return `fromEnvironment("${secretVariable(path + name)}")`
    case 'list':
      return `&[]string{${value.items.map(quoteGo).join(', ')}}`
    case 'objects': {
      const items = value.items.map((members, index) => {
        // Inside an object every member is a text.
        const shown = members.map((member) => {
          const text: SampleParam = { ...member, type: 'string' }
          return `${upperFirst(member.name)}: ${typedValue(text, owner, `${path}${name}.${index + 1}.`)}`
        })
        return `{${shown.join(', ')}}`
      })
      return `&[]${owner}${name}{${items.join(', ')}}`
    }
    case 'text': {
      const shown = quoteGo(value.text)
      if (type === 'integer' || type === 'long') return `requests.Integer(${shown})`
      return type === 'boolean' ? `requests.Boolean(${shown})` : shown
    }
  }
}

function upperFirst(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1)
}
