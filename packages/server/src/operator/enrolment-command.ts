import type { Secret } from '@opensag/protocol'

/** Where the agent keeps its state, as in the unit file of docs/gateway.md. */
const agentFolder = '/var/lib/opensag-agent'

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
  const words = Object.entries(flags).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name} ${inShell(value)}`],
  )
  return `opensag agent ${words.join(' ')} --enrolment-key-file - <<'KEY'
${given.enrolmentKey.reveal()}
KEY`
}

/** The brackets of an IPv6 address are a pattern to a shell. */
function inShell(value: string): string {
  return value.includes('[') ? `'${value}'` : value
}
