import type { Secret } from '@opensag/protocol'

/** Where the agent keeps its state, as in the unit file of docs/gateway.md. */
const agentFolder = '/var/lib/opensag-agent'
/** Where a point of presence does, as in docs/network.md. */
const popFolder = '/var/lib/opensag-pop'

/**
 * The command that enrols a gateway, to be pasted into a shell. The key is on its standard input: every user of a machine
 * can read command lines. Each member was checked where it came in.
 */
export function enrolmentCommand(given: {
  readonly server: string
  readonly serial: string
  readonly model: string
  readonly version: string
  readonly enrolmentKey: Secret
  readonly ca?: string | undefined
  readonly linuxAccount?: string | undefined
  readonly console?: string | undefined
}): string {
  const flags = {
    server: given.server,
    serial: given.serial,
    model: given.model,
    firmware: given.version,
    data: agentFolder,
    ca: given.ca,
    'linux-account': given.linuxAccount,
    console: given.console,
  }
  return withKey('agent', flags, given.enrolmentKey)
}

/** The command that enrols a point of presence. */
export function popEnrolmentCommand({
  enrolmentKey,
  ...given
}: {
  readonly server: string
  readonly serial: string
  readonly enrolmentKey: Secret
  readonly ca?: string | undefined
}): string {
  const { server, serial, ca } = given
  return withKey('pop', { server, serial, data: popFolder, ca }, enrolmentKey)
}

function withKey(program: string, flags: Readonly<Record<string, string | undefined>>, key: Secret): string {
  const words = Object.entries(flags).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name} ${inShell(value)}`],
  )
  return `opensag ${program} ${words.join(' ')} --enrolment-key-file - <<'KEY'
${key.reveal()}
KEY`
}

/** The brackets of an IPv6 address are a pattern to a shell. */
function inShell(value: string): string {
  return value.includes('[') ? `'${value}'` : value
}
