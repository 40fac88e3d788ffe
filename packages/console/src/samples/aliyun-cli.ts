import { endpointOf, regionOf, type SampleCall, wirePairs } from './call.ts'
import { commented, header, notRun } from './header.ts'
import type { Sample, SampleLanguage } from './language.ts'
import { quoteShell, requireVariables } from './shell.ts'

/** The official command line. It reads the keys from the environment, as the SDKs do. */
export const aliyunCli: SampleLanguage = { id: 'aliyun-cli', label: 'aliyun CLI', isRun: false, generate }

const visible = [
  'The CLI takes parameters in arguments only, and every user of this machine can read those while it runs:',
  'where that matters, use another client.',
]

function generate(call: SampleCall): Sample | undefined {
  // The CLI knows the products of the cloud, and refuses `--version`, which another one would need.
  if (call.product === 'OpenSAG') return undefined
  const run = 'bash sample.sh'
  const install = ['brew install aliyun-cli']
  const { scheme, host } = endpointOf(call)
  const pairs = wirePairs(call).filter(({ name }) => name !== 'RegionId') // sent as --region
  const words = [
    // Its metadata has no operation of SmartAG. The version is the one it knows of the product.
    '--force',
    '--method POST',
    `--region ${quoteShell(regionOf(call))}`,
    `--endpoint ${quoteShell(host)}`,
    ...(scheme === 'http' ? ['--insecure'] : []),
    '--read-timeout 60',
    // With "=", so that a value may begin with a dash.
    ...pairs.map(({ name, value }) => `--${name}=${'text' in value ? quoteShell(value.text) : `"$${value.variable}"`}`),
  ]
  const hasSecret = pairs.some(({ value }) => 'variable' in value)
  const text = `#!/usr/bin/env bash
${commented([...header(call, install, run, notRun), ...(hasSecret ? visible : [])], '#')}set -euo pipefail
${requireVariables(call)}
aliyun ${call.product.toLowerCase()} ${call.action} \\
${words.map((word) => `  ${word}`).join(' \\\n')}
`
  return { files: [{ name: 'sample.sh', text }], install, run }
}
