import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import tls from 'node:tls'
import { Secret } from '@opensag/protocol'
import type { RunningServer } from '@opensag/server'
import { authorityFile, writeDurably } from '@opensag/server/tools'
import { troubleIn } from '@opensag/server/trouble'
import { z } from 'zod'
import type { ApiKey } from './api-client.ts'
import { CommandFailure } from './exit.ts'
import { parseJson } from './json-text.ts'
import { askOperator } from './operator-client.ts'
import { say } from './say.ts'

const credentialsFile = z.object({
  accountId: z.string(),
  accessKeyId: z.string(),
  accessKeySecret: z.string(),
  regionId: z.string(),
  endpoint: z.url(),
})

type Environment = Readonly<Record<string, string | undefined>>

/** A key pair without the place it is for. */
export type KeyPair = Pick<ApiKey, 'accessKeyId' | 'accessKeySecret' | 'securityToken'>

/** The key pair of the environment, in the variables that the official clients read. */
export function keyOfEnvironment(environment: Environment = process.env): KeyPair | undefined {
  const {
    ALIBABA_CLOUD_ACCESS_KEY_ID: id,
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: secret,
    ALIBABA_CLOUD_SECURITY_TOKEN: token,
  } = environment
  if (id === undefined || secret === undefined) return undefined
  return {
    accessKeyId: id,
    accessKeySecret: Secret.of(secret),
    ...(token ? { securityToken: Secret.of(token) } : {}),
  }
}

/** The key pair that calls the API: from the environment when it is there, else from the data folder's file. */
export async function findCredentials(
  data: string,
  environment: Environment = process.env,
): Promise<ApiKey & { readonly regionId: string }> {
  const { OPENSAG_ENDPOINT: endpoint, OPENSAG_REGION: regionId = 'cn-shanghai' } = environment
  const pair = keyOfEnvironment(environment)
  if (pair !== undefined && endpoint !== undefined) return { ...pair, endpoint, regionId }
  try {
    return await credentialsFrom(join(data, 'credentials.json'))
  } catch (error) {
    if (error instanceof CommandFailure) throw error
    throw new CommandFailure(
      say(
        'No key pair found. Set ALIBABA_CLOUD_ACCESS_KEY_ID, ALIBABA_CLOUD_ACCESS_KEY_SECRET and OPENSAG_ENDPOINT, or name a data folder with --data. {why}',
        { why: troubleIn(error) ?? (error as Error).message },
      ),
    )
  }
}

/** @throws CommandFailure when the file has no key pair, and the error of the system when it cannot be read */
export async function credentialsFrom(path: string): Promise<ApiKey & { readonly regionId: string }> {
  const found = credentialsIn(await readFile(path, 'utf8'), path)
  await trustAuthorityIn(dirname(path))
  return { ...found, accessKeySecret: Secret.of(found.accessKeySecret) }
}

/**
 * Trusts the authority that a server made in the same folder, beside those that are trusted anyway. Node 22.19 and newer can;
 * with older ones it is named in NODE_EXTRA_CA_CERTS.
 */
async function trustAuthorityIn(folder: string): Promise<void> {
  if (!('setDefaultCACertificates' in tls)) return
  const { getCACertificates, setDefaultCACertificates } = tls as typeof tls & DefaultAuthorities
  const own = await readFile(join(folder, authorityFile), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  if (own !== undefined) setDefaultCACertificates([...getCACertificates('default'), own])
}

/** Not in the types of the oldest Node. */
interface DefaultAuthorities {
  getCACertificates(kind: 'default'): string[]
  setDefaultCACertificates(certificates: readonly string[]): void
}

/** Names members and repeats no value: one of them is a secret. */
function credentialsIn(text: string, path: string): z.infer<typeof credentialsFile> {
  const parsed = parseJson(text)
  const content = 'value' in parsed ? credentialsFile.safeParse(parsed.value) : undefined
  if (content?.success) return content.data
  const members = content?.error.issues.map(({ path: [member = 'everything'] }) => String(member)) ?? []
  const why = 'mistake' in parsed ? parsed.mistake : `lacks, or has wrong: ${[...new Set(members)].join(', ')}`
  throw new CommandFailure(
    say('{path} {why}. Restore the file, or remove it: the next start of a sandbox makes another key pair.', {
      path,
      why,
    }),
  )
}

/** Writes the key pair of a first start, readable by its owner alone, with where clients reach the server. */
export async function writeCredentials(
  path: string,
  { localUrl, firstCredentials: first }: RunningServer,
  publicUrl?: string,
): Promise<void> {
  if (first === undefined) return
  const content: z.infer<typeof credentialsFile> = {
    accountId: first.accountId,
    accessKeyId: first.accessKeyId,
    accessKeySecret: first.accessKeySecret.reveal(),
    regionId: first.regionId,
    endpoint: publicUrl === undefined ? reachable(localUrl) : new URL(publicUrl).origin,
  }
  await write(path, content)
}

/** Every address is none to call, and in no certificate. */
function reachable(url: string): string {
  return url.replace(/^(https?:\/\/)(?:0\.0\.0\.0|\[::\])/, '$1localhost')
}

/**
 * The same for a sandbox, whose file also follows the port of later starts. A key pair that got lost, by a first start
 * that was killed before it was shown, is replaced by another one of the same account.
 */
export async function keepCredentials(
  path: string,
  { data, region }: { readonly data: string; readonly region: string },
  server: RunningServer,
): Promise<void> {
  if (server.firstCredentials) return writeCredentials(path, server)
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    await write(path, { ...(await anotherKey(data)), regionId: region, endpoint: server.localUrl })
    return
  }
  const content = credentialsIn(text, path)
  if (content.endpoint !== server.localUrl) await write(path, { ...content, endpoint: server.localUrl })
}

async function anotherKey(data: string): Promise<Omit<z.infer<typeof credentialsFile>, 'endpoint' | 'regionId'>> {
  const [first] = (await askOperator(data, 'account list', {})) as readonly { readonly accountId: string }[]
  if (first === undefined) throw new CommandFailure(say('This data folder has no account.'))
  const made = await askOperator(data, 'account key', { accountId: first.accountId })
  const { accountId, accessKeyId, accessKeySecret } = made as Record<
    'accountId' | 'accessKeyId' | 'accessKeySecret',
    string
  >
  return { accountId, accessKeyId, accessKeySecret }
}

async function write(path: string, content: z.infer<typeof credentialsFile>): Promise<void> {
  await writeDurably(path, `${JSON.stringify(content, null, 2)}\n`)
}
