/**
 * Every command and what it does. It is apart from the commands, so that help and mistakes about all of them load none of
 * them.
 */
export const commandAbouts = {
  sandbox: 'Run a server with a small simulated fleet, for trying out and testing.',
  server: 'Run the server: the API, the channel to the gateways and the operator socket.',
  agent:
    'Run the gateway program: connect to the server, apply password and configuration changes, serve the local console.',
  pop: 'Run a point of presence: end the tunnels of gateways and route between the members of their networks.',
  simulate: 'Run many simulated gateways in one process, or with --chaos test the protocol in a simulation.',
  operator:
    'Manage what the API does not offer: inventory, orders, accounts, audit, sandbox. Connects to the server that runs on the data folder.',
  call: 'Call one API operation, signed with the key pair from the environment or the data folder.',
  parity: 'Record how the real service answers a list of calls, and compare how an OpenSAG answers them.',
  app: 'Log on to remote access (a SAG APP instance) as a client user.',
  rotate: 'Set a new, different administrator password on every selected gateway, in waves, through the public API.',
  backup: 'Back up the database of a server, wherever it is. A running server keeps serving during the backup.',
  restore:
    'Restore a data folder or an empty database from a backup and report what was restored. Stop the server first.',
  verify: 'Check that a backup is whole and can be restored, without restoring it.',
  store: 'Copy everything between a data folder and a PostgreSQL database.',
  audit: 'Verify an exported audit trail, or forward that of a server to syslog or a webhook.',
  health:
    'Exit with 0 when the server on this data folder can do what calls ask of it, with 1 and why when not. For probes.',
  config: 'Check the configuration.',
  completion: 'Print a script that completes commands, options and parameters in a shell.',
} as const

export type CommandName = keyof typeof commandAbouts
