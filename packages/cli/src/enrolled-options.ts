import { X509Certificate } from 'node:crypto'
import { existsSync } from 'node:fs'
import { checkServerUrl } from '@opensag/agent'
import type { Secret } from '@opensag/protocol'
import type { Command } from 'commander'
import { channelUrl } from './channel-url.ts'
import { CommandFailure, UsageError } from './exit.ts'
import { namedFile } from './named-file.ts'
import { say } from './say.ts'
import { readSecret, secretFromFile } from './secret-input.ts'

/** Options of everything that is enrolled: gateways and points of presence. */

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']

export function serverUrl(server: string): string {
  const url = channelUrl(server)
  try {
    checkServerUrl(url)
  } catch (error) {
    throw new UsageError(`--server: ${(error as Error).message}`)
  }
  return url
}

/** As the inventory of the server takes it. */
export function serialNumber(text: string): string {
  if (/^[A-Za-z0-9-]{4,64}$/.test(text)) return text
  throw new UsageError(say('--serial: a serial number is 4 to 64 letters, digits and hyphens.'))
}

export async function certificateFrom(path: string): Promise<string> {
  const pem = await namedFile(path, '--ca')
  // An authority that is none would be ignored, and every connection refused for another reason.
  try {
    new X509Certificate(pem)
  } catch {
    throw new UsageError(say('--ca: {path} does not contain a PEM certificate.', { path }))
  }
  return pem
}

export function enrolmentKeyFrom(path: string): Promise<Secret> {
  if (path === '-') return readSecret(say('Enrolment key'))
  if (!existsSync(path)) {
    throw new CommandFailure(
      say(
        '--enrolment-key-file: {path} does not exist. An enrolled gateway needs no enrolment key: remove this option.',
        { path },
      ),
    )
  }
  return secretFromFile(path, '--enrolment-key-file')
}

/** What `--network` names: a file of this machine. @param read throws an error that says what is wrong with its text */
export async function setupFrom<Setup>(path: string, read: (text: string) => Setup): Promise<Setup> {
  const text = await namedFile(path, '--network')
  try {
    return read(text)
  } catch (error) {
    throw new UsageError(`--network: ${path}: ${(error as Error).message}`)
  }
}

/** An option that a command needs for some of what it does. @throws as the parser of options does where it is needed always. */
export function neededOption(command: Command, flags: string, value: string | undefined): string {
  if (value !== undefined) return value
  command.error(`error: required option '${flags}' not specified`, { code: 'commander.missingMandatoryOptionValue' })
}
