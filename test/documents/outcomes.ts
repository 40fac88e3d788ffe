/** One command of a document. */
export interface Step {
  /** What it begins with. */
  readonly command: string
  /** In what it prints. Groups with a name are what later commands of the document have in their place, as `<name>`. */
  readonly prints: RegExp
  readonly input?: string
  /** It ends with; 0 when not given. */
  readonly code?: number
  /** The names of the document are taken literally but for these, which are replaced. */
  readonly instead?: Readonly<Record<string, string>>
  /** It goes on: it is interrupted when it has printed that, or when the last command of its document has ended. */
  readonly goesOn?: 'until it has printed' | 'to the end'
  /** In a folder of its own, where no sandbox is known. */
  readonly isApart?: boolean
}

const server = { goesOn: 'until it has printed', isApart: true, prints: /OpenSAG listens on / } as const

/** The same names in the place of those of the document, in all commands. */
function withNames(steps: readonly Step[], instead: Readonly<Record<string, string>>): readonly Step[] {
  return steps.map((step) => ({ ...step, instead: { ...step.instead, ...instead } }))
}

/** What comes of the commands that are marked with `run`, in their order. `{…}` in `instead` is filled by the world. */
export const outcomes: Readonly<Record<string, readonly Step[]>> = {
  'README.md': [
    { command: 'npx opensag call DescribeSmartAccessGateways', prints: /"TotalCount": 6,/ },
    {
      command: 'npx opensag call ModifySAGAdminPassword SmartAGId',
      instead: { 'sag-…': '{gateway}' },
      input: 'By_readme_1\n',
      prints: /^\{\s+"RequestId": "[0-9A-F-]{36}"\s+\}$/m,
    },
    { command: 'npx opensag call ModifySAGAdminPassword --help', prints: /Password[\s\S]*SAG\.InstanceNoFound/ },
    { command: 'npx opensag call DescribeSmartAccessGateways --output table', prints: /demo-sag-100wm/ },
    { command: 'source <(npx opensag completion bash)', prints: /^$/ },
    { command: 'opensag rotate --all --dry-run', prints: /^wave +region[\s\S]*^1 .*sagdemo/m },
    {
      command: 'opensag rotate --all --recipient',
      instead: { 'age1…': '{recipient}' },
      code: 1, // for those that no call can change
      prints: /^Finished\. 4 changed, 3 unsupported/m,
    },
    {
      command: 'opensag rotate --resume november',
      code: 1, // for those that no call can change
      prints: /^Finished\. 4 changed, 3 unsupported/m,
    },
    {
      command: 'opensag operator gateway add',
      instead: { '/var/lib/opensag': '{server}' },
      prints: /opensag agent [\s\S]*--linux-account admin --enrolment-key-file - <<'KEY'/,
    },
    {
      command: 'npx opensag operator outbox list',
      prints: /User name: +li\.na@example\.com\nPassword: +(?<password>\S+)/,
    },
    {
      command: 'npx opensag app login',
      instead: { 'http://127.0.0.1:7240': '{endpoint}', 'sag-…': '{app}' },
      input: '<password>\n',
      prints: /10\.8\.0\.\d+/,
      goesOn: 'until it has printed',
    },
    { command: 'npx opensag call CreateUser', prints: /"UserName": "alice"/ },
    { command: 'npx opensag operator audit export', prints: /^\{.*"action":"CreateUser".*\}\n$/ },
    {
      command: 'opensag server --host 0.0.0.0 --port 443',
      instead: { '443': '0', 'chain.pem': '{certificate}', 'key.pem': '{certificate key}', '/var/lib/opensag': 'data' },
      ...server,
    },
    { command: 'opensag server --trusted-proxy', instead: { '10.0.0.6': '127.0.0.1 --port 0' }, ...server },
    { command: 'opensag config check', prints: /^data +\.opensag +default$/m },
  ],
  'docs/access-control.md': [
    { command: 'opensag operator audit export | jq -c', prints: /^\["20.*"\S+",/m },
    { command: 'opensag operator audit export --since', prints: /^$/, instead: { '2026-11-01': '2020-01-01' } },
    {
      command: 'opensag operator audit export --follow | logger',
      // It does all but write into the log of this machine.
      instead: { 'logger -t opensag': 'logger --no-act --stderr --socket-errors=off -t opensag' },
      prints: /opensag: \{"at":/,
      goesOn: 'until it has printed',
    },
    { command: 'curl --unix-socket .opensag/operator.sock', prints: /^opensag_/m },
    { command: 'opensag operator audit export | jq -c', prints: /^$/ },
    { command: 'opensag operator account create', prints: /accessKeySecret: \S{20,}/ },
    { command: 'opensag operator account list', prints: /Branch office/ },
  ],
  'docs/keys.md': [
    {
      command: 'opensag operator master-key rotate',
      instead: { '/var/lib/opensag': '{data}' },
      prints: /^resealed: [1-9]\d*\nunreadable: \[\]/m,
    },
    { command: 'opensag operator channel-identity prepare', prints: /^nextKey: \S{40,}$/m },
    { command: 'opensag operator channel-identity show', prints: /^ready: \d/m },
    { command: 'opensag operator channel-identity switch', prints: /^nextKey: -$/m },
    {
      command: 'opensag operator reenrolment offer',
      instead: { '/root/': '' },
      prints: /^$/,
    },
    { command: 'opensag operator reenrolment show', prints: /^pending: [1-9]/m },
  ],
  'docs/monitoring.md': [
    { command: 'opensag operator log-level set debug', prints: /debug/ },
    { command: 'opensag operator log-level show', prints: /debug/ },
    { command: 'kill -HUP <pid>', instead: { '<pid>': '{pid}' }, prints: /^$/ },
    { command: 'curl --unix-socket .opensag/operator.sock', prints: /^opensag_/m },
    { command: 'opensag server --metrics-port', instead: { '9464': '0 --port 0' }, ...server },
  ],
  'docs/restore.md': withNames(
    [
      { command: 'opensag backup --to', prints: /^The backup of \S+ is in .*, checked and on disk\.$/m },
      {
        command: 'opensag restore --from /backup/2026-11-28 --data /var/lib/opensag',
        prints: /^ +6 instances, 7 devices, of which 7 have enrolled$/m,
      },
      { command: 'opensag restore --from', prints: /\.before-/ },
      { command: 'opensag verify --from', prints: /^The backup in 2026-11-28 is whole: / },
    ],
    { '/backup/': '', '/var/lib/opensag': 'restored' },
  ),
  'docs/rotation.md': [
    { command: 'opensag rotate --all --dry-run', prints: /^1 .*sagdemo/m },
    {
      command: 'opensag rotate --all --recipient',
      instead: { 'age1…': '{recipient}' },
      code: 1, // for those that no call can change
      prints: /^Finished\. 4 changed, 3 unsupported/m,
    },
    {
      command: 'opensag rotate --resume november',
      code: 1, // for those that no call can change
      prints: /^Finished\. 4 changed, 3 unsupported/m,
    },
    {
      command: 'opensag rotate open november/passwords.age',
      instead: { 'key.txt': '{identity}' },
      prints: /"serial":"sagdemo100wm".*"password":"\w{24}"/,
    },
    {
      command: 'opensag rotate verify',
      instead: { 'operator.pub': '{evidence key}' },
      prints: /^Valid\. 4 changed, 3 unsupported\.$/m,
    },
  ],
  'packages/cli/README.md': ['server', 'agent', 'call', 'rotate'].map((name) => ({
    command: `opensag ${name} --help`,
    prints: new RegExp(`^Usage: opensag ${name} `),
  })),
  'docs/tutorials/first-branch.md': withNames(
    [
      { command: 'opensag server', goesOn: 'to the end', prints: /OpenSAG listens on / },
      {
        command: 'opensag operator gateway add',
        prints: /Instance (?<instance>sag-\w{18}) [\s\S]*<<'KEY'\n(?<enrolment_key>\S+)\nKEY/,
      },
      { command: 'opensag agent', goesOn: 'to the end', prints: /"connection":"online"/ },
      { command: 'opensag operator device list', prints: /^sag0000001 .* true /m },
      {
        command: 'opensag call ModifySAGAdminPassword',
        input: 'Of_branch_1\n',
        prints: /^\{\s+"RequestId": "\S+"\s+\}$/m,
      },
      { command: 'curl', instead: { '<new password>': 'Of_branch_1' }, prints: /^303$/m },
      { command: 'opensag operator audit export', prints: /"action":"ModifySAGAdminPassword".*"outcome":"OK"/ },
    ],
    { 7250: '{port}', 7251: '{other port}' },
  ),
  'docs/tutorials/rotate-a-fleet.md': [
    { command: 'age-keygen', prints: /Public key: (?<recipient>age1\w+)/ },
    { command: 'opensag rotate --all --allow-unsupported --dry-run', prints: /^1 .*sagdemo/m },
    { command: 'opensag rotate --all', prints: /^Finished\. 4 changed, 3 unsupported/m },
    { command: 'opensag rotate open', prints: /"serial":"sagdemo100wm".*"password":"\w{24}"/ },
    { command: 'opensag operator device power sagdemo100wm off', prints: /sagdemo100wm/ },
    { command: 'opensag rotate --all', code: 1, prints: /^Finished\. 3 changed, 1 offline, 3 unsupported/m },
    { command: 'opensag operator device power sagdemo100wm on', prints: /sagdemo100wm/ },
    { command: 'opensag rotate --resume december', prints: /^Finished\. 4 changed, 3 unsupported/m },
    {
      command: 'opensag rotate verify',
      instead: { '~/.config/opensag/evidence-key.pem.pub': '{evidence key}' },
      prints: /^Valid\. 4 changed, 3 unsupported\.$/m,
    },
  ],
  'docs/tutorials/remote-user.md': withNames(
    [
      { command: 'opensag call CreateSmartAccessGatewayClientUser', prints: /"UserName": "anna@example\.com"/ },
      { command: 'opensag operator outbox list', prints: /Password: +(?<password>\S+)/ },
      {
        command: 'opensag app login',
        instead: { 'http://127.0.0.1:7240': '{endpoint}' },
        input: '<password>\n',
        prints: /10\.8\.0\.\d+/,
        goesOn: 'to the end',
      },
      { command: 'opensag call DescribeUserOnlineClients', prints: /"ClientIp": "10\.8\.0\.\d+"/ },
      { command: 'opensag call KickOutClients', prints: /"RequestId"/ },
      { command: 'opensag call DisableSmartAccessGatewayUser', prints: /"RequestId"/ },
    ],
    { '<app>': '{app}' },
  ),
}
