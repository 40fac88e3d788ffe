import { isRegion, regions } from '@opensag/server/tools'
import { z } from 'zod'
import { boundSettings } from './bounds.ts'
import { both, commaList, port, type Setting, serverOnly } from './setting.ts'
import { severalNodesSettings } from './several-nodes.ts'
import { singleSignOnSettings } from './single-sign-on.ts'

/** The one table of settings; help, checking, defaults and `config check` derive from it. */
export const settings = {
  data: {
    flag: '--data',
    variable: 'OPENSAG_DATA',
    placeholder: 'folder',
    about: 'Folder for the database, the master key and the operator socket.',
    schema: z.string().min(1).default('.opensag'),
    programs: both,
  },
  ...severalNodesSettings,
  masterKeyPassphraseFile: {
    flag: '--master-key-passphrase-file',
    variable: 'OPENSAG_MASTER_KEY_PASSPHRASE_FILE',
    placeholder: 'file',
    about:
      'File that contains the passphrase of a wrapped master.key. Without it and under systemd, the credential opensag-master-key-passphrase.',
    schema: z.string().min(1).optional(),
    programs: serverOnly,
  },
  masterKeyPassphraseCommand: {
    flag: '--master-key-passphrase-command',
    variable: 'OPENSAG_MASTER_KEY_PASSPHRASE_COMMAND',
    placeholder: 'command',
    about: 'Shell command that prints the passphrase of a wrapped master.key.',
    schema: z.string().min(1).optional(),
    programs: serverOnly,
  },
  host: {
    flag: '--host',
    variable: 'OPENSAG_HOST',
    placeholder: 'address',
    about: 'Address to listen on. An address other than loopback needs TLS or a trusted proxy.',
    schema: z.string().min(1).default('127.0.0.1'),
    programs: both,
  },
  port: {
    flag: '--port',
    variable: 'OPENSAG_PORT',
    placeholder: 'port',
    about: 'Port of the API, the gateway channel and the web pages. 0 selects a free port.',
    schema: port.default(7240),
    programs: both,
  },
  tlsCert: {
    flag: '--tls-cert',
    variable: 'OPENSAG_TLS_CERT',
    placeholder: 'file',
    about: 'Certificate chain (PEM). Needs --tls-key.',
    schema: z.string().min(1).optional(),
    programs: both,
  },
  tlsKey: {
    flag: '--tls-key',
    variable: 'OPENSAG_TLS_KEY',
    placeholder: 'file',
    about: 'Private key of the certificate (PEM). Needs --tls-cert.',
    schema: z.string().min(1).optional(),
    programs: both,
  },
  tlsSelfSigned: {
    flag: '--tls-self-signed',
    variable: 'OPENSAG_TLS_SELF_SIGNED',
    placeholder: 'on or off',
    about:
      'on: without --tls-cert and --trusted-proxy, the server makes a certificate authority in the data folder (ca.pem, which clients have to know) and certificates of it for localhost, the host name, --host and --public-url.',
    schema: z.enum(['on', 'off']).default('off'),
    programs: both,
  },
  trustedProxy: {
    flag: '--trusted-proxy',
    variable: 'OPENSAG_TRUSTED_PROXY',
    placeholder: 'addresses',
    about: 'Addresses or CIDR blocks of the proxy that terminates TLS, comma-separated. Only these can connect.',
    schema: commaList.optional(),
    programs: both,
  },
  publicUrl: {
    flag: '--public-url',
    variable: 'OPENSAG_PUBLIC_URL',
    placeholder: 'url',
    about:
      'URL at which clients and gateways reach the server: scheme, host and port. Answers then name it, whatever host a request names. Without it: the called host if it is the one listened on, loopback, a name of the certificate or told by the trusted proxy.',
    schema: z.string().min(1).optional(),
    programs: both,
  },
  writeCredentials: {
    flag: '--write-credentials',
    variable: 'OPENSAG_WRITE_CREDENTIALS',
    placeholder: 'file',
    about:
      'File (mode 0600) to which the first start writes the account and key pair. Without it, they are printed once.',
    schema: z.string().min(1).optional(),
    programs: serverOnly,
  },
  region: {
    flag: '--region',
    variable: 'OPENSAG_REGION',
    placeholder: 'id',
    about: 'Region written to the credentials of the first start.',
    schema: z
      .string()
      .refine(isRegion, `there is no such region. Name one of ${regions.map(({ id }) => id).join(', ')}`)
      .default('cn-shanghai'),
    programs: both,
  },
  shop: {
    flag: '--shop',
    variable: 'OPENSAG_SHOP',
    placeholder: 'on or off',
    about:
      'on: orders wait for payment and delivery and expire, as with a service that is sold. off: an order has arrived at once and never expires. Always on in a sandbox.',
    schema: z.enum(['on', 'off']).default('off'),
    programs: serverOnly,
  },
  smtpHost: {
    flag: '--smtp-host',
    variable: 'OPENSAG_SMTP_HOST',
    placeholder: 'host',
    about: 'Mail server that sends passwords to remote users. Without it no password can be sent.',
    schema: z.string().min(1).optional(),
    programs: serverOnly,
  },
  smtpPort: {
    flag: '--smtp-port',
    variable: 'OPENSAG_SMTP_PORT',
    placeholder: 'port',
    about: 'Port of the mail server.',
    schema: port.default(587),
    programs: serverOnly,
  },
  smtpSecurity: {
    flag: '--smtp-security',
    variable: 'OPENSAG_SMTP_SECURITY',
    placeholder: 'kind',
    about: 'starttls (optional only for a mail server on this machine), or tls from the first byte (port 465).',
    schema: z.enum(['starttls', 'tls']).default('starttls'),
    programs: serverOnly,
  },
  smtpUser: {
    flag: '--smtp-user',
    variable: 'OPENSAG_SMTP_USER',
    placeholder: 'name',
    about: 'User name at the mail server. Needs --smtp-password-file.',
    schema: z.string().min(1).optional(),
    programs: serverOnly,
  },
  smtpPasswordFile: {
    flag: '--smtp-password-file',
    variable: 'OPENSAG_SMTP_PASSWORD_FILE',
    placeholder: 'file',
    about: 'File that contains the password for the mail server.',
    schema: z.string().min(1).optional(),
    programs: serverOnly,
  },
  smtpFrom: {
    flag: '--smtp-from',
    variable: 'OPENSAG_SMTP_FROM',
    placeholder: 'address',
    about: 'Sender address of mails. Needs --smtp-host.',
    schema: z.string().min(1).optional(),
    programs: serverOnly,
  },
  ...singleSignOnSettings,
  heartbeat: {
    flag: '--heartbeat',
    variable: 'OPENSAG_HEARTBEAT',
    placeholder: 'seconds',
    about: 'Seconds between heartbeats of server and gateway. A gateway is offline after three missed heartbeats.',
    schema: z.coerce.number().min(1).max(600).default(15),
    programs: both,
  },
  answerWithin: {
    flag: '--answer-within',
    variable: 'OPENSAG_ANSWER_WITHIN',
    placeholder: 'seconds',
    about:
      'Longest time, in seconds, to answer a call that waits for a gateway or a mail server; their own time limits follow from it. Most clients give up after 10 seconds by default.',
    schema: z.coerce.number().min(1).max(55).default(8),
    programs: both,
  },
  ...boundSettings,
  backupTo: {
    flag: '--backup-to',
    variable: 'OPENSAG_BACKUP_TO',
    placeholder: 'folder',
    about:
      'Folder in which the server makes a backup at intervals. Of several nodes with it one makes each backup, in its own folder. Without it, none is made.',
    schema: z.string().min(1).optional(),
    programs: serverOnly,
  },
  backupEvery: {
    flag: '--backup-every',
    variable: 'OPENSAG_BACKUP_EVERY',
    placeholder: 'hours',
    about: 'Hours between two backups.',
    schema: z.coerce.number().min(0.25).max(8760).default(24),
    programs: serverOnly,
  },
  backupKeep: {
    flag: '--backup-keep',
    variable: 'OPENSAG_BACKUP_KEEP',
    placeholder: 'number',
    about: 'Number of these backups to keep. Older ones are removed after each backup.',
    schema: z.coerce.number().int().min(1).max(10_000).default(7),
    programs: serverOnly,
  },
  backupMasterKey: {
    flag: '--backup-master-key',
    variable: 'OPENSAG_BACKUP_MASTER_KEY',
    placeholder: 'kind',
    about: 'included: master.key is in these backups; left-out: keep a copy of it elsewhere, a restore needs it.',
    schema: z.enum(['included', 'left-out']).default('included'),
    programs: serverOnly,
  },
  configConfirm: {
    flag: '--config-confirm',
    variable: 'OPENSAG_CONFIG_CONFIRM',
    placeholder: 'seconds',
    about:
      'Seconds within which a gateway must reach the server again with a new configuration; after them, the gateway returns to the previous configuration.',
    schema: z.coerce.number().min(5).max(86_400).default(300),
    programs: both,
  },
  logLevel: {
    flag: '--log-level',
    variable: 'OPENSAG_LOG_LEVEL',
    placeholder: 'level',
    about: 'fatal, error, warn, info, debug, trace or silent. Log lines are JSON on standard error.',
    schema: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('warn'),
    programs: both,
  },
} satisfies Readonly<Record<string, Setting>>

export type SettingName = keyof typeof settings

export type Settings = { readonly [K in SettingName]: z.output<(typeof settings)[K]['schema']> }
