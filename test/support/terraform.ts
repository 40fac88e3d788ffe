// Terraform and the provider of the cloud, which no package registry has.
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { runToEnd } from './process.ts'
import type { Credentials } from './sandbox.ts'

/** Path of the provider; undefined: there is none. */
export const provider = process.env['OPENSAG_TERRAFORM_PROVIDER']
export const hasTerraform = spawnSync('terraform', ['version']).status === 0

interface Setup {
  /** Of the configuration. */
  readonly cwd: string
  /** Path of the provider. */
  readonly file: string
  readonly server: Pick<Credentials, 'endpoint' | 'accessKeyId' | 'accessKeySecret'>
  readonly variables: Readonly<Record<string, string>>
}

/** Runs Terraform with this provider and a server; what it writes at home is beside the configuration. Answers its output. */
export function terraformWith({
  cwd,
  file,
  server,
  variables,
}: Setup): (...args: readonly string[]) => Promise<string> {
  const place = `provider_installation {\n  dev_overrides {\n    "aliyun/alicloud" = "${dirname(file)}"\n  }\n  direct {}\n}\n`
  writeFileSync(join(cwd, 'cli.tfrc'), place)
  const given = { address: new URL(server.endpoint).host, ...variables }
  const environment = {
    HOME: dirname(cwd),
    TF_CLI_CONFIG_FILE: join(cwd, 'cli.tfrc'),
    ...Object.fromEntries(Object.entries(given).map(([name, value]) => [`TF_VAR_${name}`, value])),
    ALIBABA_CLOUD_ACCESS_KEY_ID: server.accessKeyId,
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: server.accessKeySecret,
  }
  return async (...args) => {
    const { code, output, errors } = await runToEnd('terraform', [...args, '-no-color'], { cwd, environment })
    if (code !== 0) throw new Error(`terraform ${args.join(' ')} ended with ${code}: ${output}${errors}`)
    return output
  }
}
