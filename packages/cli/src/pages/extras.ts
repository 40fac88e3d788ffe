import type { CommandName } from '../commands/names.ts'
import type { Extra, FileNote } from './words.ts'

const dataFolder: FileNote = {
  path: '.opensag/',
  en: 'Data folder of a server, in the folder in which it was started; /var/lib/opensag with the Debian package.',
  zh: '服务器的数据目录，位于启动时所在的目录；Debian 软件包使用 /var/lib/opensag。',
}
const credentials: FileNote = {
  path: '.opensag/credentials.json',
  en: 'Endpoint, region and key pair with which calls are signed.',
  zh: '调用所用的接入地址、地域与密钥对。',
}
const configuration: FileNote = {
  path: 'opensag.json',
  en: 'Settings, as a JSON object.',
  zh: '设置，格式为 JSON 对象。',
}
const serverSettings: FileNote = {
  path: '/etc/opensag/opensag.env',
  en: 'Settings of the server of the Debian package, as environment variables.',
  zh: 'Debian 软件包中服务器的设置，以环境变量书写。',
}
const agentSettings: FileNote = {
  path: '/etc/opensag/agent.env',
  en: 'Settings of the agent of the Debian package, as environment variables.',
  zh: 'Debian 软件包中代理程序的设置，以环境变量书写。',
}
const agentFolder: FileNote = {
  path: '.opensag-agent/',
  en: 'Keys, password hash and configuration of the gateway; /var/lib/opensag-agent with the Debian package.',
  zh: '网关的密钥、密码散列与配置；Debian 软件包使用 /var/lib/opensag-agent。',
}

/** Examples, files and neighbours of each command. A test parses every command line. */
export const extras: Readonly<Record<CommandName, Extra>> = {
  sandbox: {
    examples: [
      { line: 'opensag sandbox', en: 'Run a server with simulated gateways.', zh: '运行带模拟网关的服务器。' },
    ],
    files: [dataFolder, credentials, configuration],
    seeAlso: ['server', 'call', 'operator'],
  },
  server: {
    examples: [
      {
        line: 'opensag server --data /srv/opensag',
        en: 'Run a server on the loopback interface.',
        zh: '在环回接口上运行服务器。',
      },
      {
        line: 'opensag server --host 0.0.0.0 --tls-cert chain.pem --tls-key key.pem',
        en: 'Listen on all addresses, with TLS.',
        zh: '监听所有地址并启用 TLS。',
      },
    ],
    files: [dataFolder, configuration, serverSettings],
    seeAlso: ['config', 'operator', 'health', 'backup'],
  },
  agent: {
    examples: [
      {
        line: 'opensag agent --server wss://sag.example.com --serial sag32a30000 --enrolment-key-file -',
        en: 'Enrol this machine as a gateway and run it; asks for the enrolment key.',
        zh: '将本机注册为网关并运行，运行时询问注册密钥。',
      },
      { line: 'opensag agent status', en: 'Show its connection and configuration.', zh: '显示连接与配置。' },
    ],
    files: [agentFolder, agentSettings],
    seeAlso: ['pop', 'server'],
  },
  pop: {
    examples: [
      {
        line: 'opensag pop --server wss://sag.example.com --serial pop0001 --network network.json',
        en: 'Run a point of presence that has enrolled.',
        zh: '运行已注册的接入点。',
      },
    ],
    files: [agentSettings],
    seeAlso: ['agent', 'operator'],
  },
  simulate: {
    examples: [
      {
        line: 'opensag simulate --server ws://127.0.0.1:7240 --count 100',
        en: 'Add a hundred simulated gateways to the server on this machine.',
        zh: '为本机的服务器添加一百个模拟网关。',
      },
      { line: 'opensag simulate --chaos --seed 7', en: 'Test the protocol.', zh: '测试协议。' },
    ],
    files: [dataFolder],
    seeAlso: ['sandbox', 'agent'],
  },
  operator: {
    examples: [
      {
        line: 'opensag operator gateway add --name branch-1 --model sag-1000 --cidr 10.1.0.0/24',
        en: 'Add a gateway, and print the command that enrols it.',
        zh: '添加网关，并打印用于注册它的命令。',
      },
      {
        line: 'opensag operator device list --json',
        en: 'List the inventory for a program.',
        zh: '以 JSON 列出设备库存。',
      },
    ],
    files: [dataFolder],
    seeAlso: ['server', 'call'],
  },
  call: {
    examples: [
      { line: 'opensag call DescribeSmartAccessGateways --output table', en: 'List the gateways.', zh: '列出网关。' },
      {
        line: 'opensag call ModifySAGAdminPassword SmartAGId=sag-1 SmartAGSn=sag32a30000 Password=@-',
        en: 'Set an administrator password; asks for it.',
        zh: '设置管理员密码，运行时询问密码。',
      },
    ],
    files: [credentials],
    seeAlso: ['rotate', 'operator'],
  },
  parity: {
    examples: [
      {
        line: 'opensag parity record calls.txt --out smartag.jsonl',
        en: 'Record how the real service answers a list of calls.',
        zh: '录制真实服务对一组调用的应答。',
      },
      {
        line: 'opensag parity compare smartag.jsonl --data .opensag',
        en: 'Compare how an OpenSAG answers them.',
        zh: '比较 OpenSAG 对同样调用的应答。',
      },
    ],
    files: [credentials],
    seeAlso: ['call'],
  },
  app: {
    examples: [
      {
        line: 'opensag app login --server https://sag.example.com --instance sag-1 --user alice',
        en: 'Log on; asks for the password.',
        zh: '登录，运行时询问密码。',
      },
    ],
    files: [],
    seeAlso: ['call'],
  },
  rotate: {
    examples: [
      { line: 'opensag rotate --all --dry-run', en: 'Show what would be changed.', zh: '显示将要修改的内容。' },
      {
        line: "opensag rotate --region cn-shanghai --name 'branch-*' --recipients-file keepers.txt",
        en: 'New passwords for some gateways, encrypted for their keepers.',
        zh: '为部分网关设置新密码，并为保管人加密。',
      },
      {
        line: 'opensag rotate verify rotation-20261125T190000/evidence.jsonl --key evidence-key.pem.pub',
        en: 'Check the evidence of a rotation.',
        zh: '核验一次轮换的证据。',
      },
    ],
    files: [
      credentials,
      { path: 'rotation-TIME/', en: 'Journal, evidence and encrypted passwords.', zh: '日志、证据与加密的密码。' },
    ],
    seeAlso: ['call'],
  },
  backup: {
    examples: [{ line: 'opensag backup --to /backup/monday', en: 'Back up a server.', zh: '备份服务器。' }],
    files: [dataFolder],
    seeAlso: ['verify', 'restore'],
  },
  restore: {
    examples: [
      {
        line: 'opensag restore --from /backup/monday --data .opensag',
        en: 'Restore a data folder.',
        zh: '恢复数据目录。',
      },
    ],
    files: [dataFolder],
    seeAlso: ['backup', 'verify'],
  },
  verify: {
    examples: [{ line: 'opensag verify --from /backup/monday', en: 'Check a backup.', zh: '检查备份。' }],
    files: [],
    seeAlso: ['backup', 'restore'],
  },
  store: {
    examples: [
      {
        line: 'opensag store copy --from .opensag --to postgres://opensag@db/opensag',
        en: 'Move from a data folder to PostgreSQL.',
        zh: '从数据目录迁移到 PostgreSQL。',
      },
    ],
    files: [dataFolder],
    seeAlso: ['backup', 'server'],
  },
  audit: {
    examples: [
      {
        line: 'opensag audit forward --to syslogs://log.example.com:6514 --state forwarded',
        en: 'Send the audit trail to a syslog receiver.',
        zh: '将审计记录发送到 syslog 接收端。',
      },
    ],
    files: [dataFolder],
    seeAlso: ['operator'],
  },
  health: {
    examples: [{ line: 'opensag health', en: 'Exit with 0 when the server is ready.', zh: '服务器就绪时以 0 退出。' }],
    files: [dataFolder],
    seeAlso: ['server', 'agent'],
  },
  config: {
    examples: [
      { line: 'opensag config check', en: 'Show every setting and its source.', zh: '显示每项设置及其来源。' },
    ],
    files: [configuration, serverSettings],
    seeAlso: ['server'],
  },
  completion: {
    examples: [{ line: 'opensag completion bash', en: 'Print the script for bash.', zh: '打印 bash 的补全脚本。' }],
    files: [],
    seeAlso: [],
  },
}
