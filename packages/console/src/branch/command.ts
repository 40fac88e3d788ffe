/** What is written into the command for a gateway. */
export interface Enrolment {
  /** Where this page came from: gateways reach the server there too. */
  readonly origin: string
  readonly serial: string
  readonly model: string
  /** Undefined: whoever runs it types the key. */
  readonly key?: string | undefined
}

/** Where the agent keeps its state, as in the unit file of docs/gateway.md. */
const folder = '/var/lib/opensag-agent'

/** The command that enrols a gateway. The key is on its standard input: every user of a machine can read command lines. */
export function enrolmentCommand({ origin, serial, model, key }: Enrolment): string {
  const server = origin.replace(/^http/, 'ws')
  const line = `opensag agent --server ${inShell(server)} --serial ${serial} --model ${model} --data ${folder} --enrolment-key-file -`
  return key === undefined ? line : `${line} <<'KEY'\n${key}\nKEY`
}

/** What an operator types at the server, so that it admits the box. */
export function inventoryCommand({
  serial,
  model,
  isSandbox,
}: {
  serial: string
  model: string
  isSandbox: boolean
}): string {
  return `opensag operator device add --serial ${serial} --model ${model}${isSandbox ? ' --real' : ''}`
}

/** Only this machine reaches a server at such an address. */
export function isOwnMachine(origin: string): boolean {
  return /^https?:\/\/(localhost|127\.[\d.]+|\[::1\])(:|$)/.test(origin)
}

/** The brackets of an IPv6 address are a pattern to a shell. */
function inShell(value: string): string {
  return value.includes('[') ? `'${value}'` : value
}
