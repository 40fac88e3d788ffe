import type { SettingName } from './schema.ts'

/** What each setting is, in Chinese, beside the English text that it is the Chinese of. A test compares that with the schema. */
export const settingWords: Readonly<Record<SettingName, readonly [en: string, zh: string]>> = {
  data: ['Folder for the database, the master key and the operator socket.', '存放数据库、主密钥和运维套接字的目录。'],
  database: [
    'PostgreSQL database to keep everything in, as `postgres://user@host/database`, instead of a file in the data folder. What it leaves out comes from the `PG…` variables and the password file of PostgreSQL (`PGPASSFILE`). A password in it is refused on the command line.',
    '保存全部数据的 PostgreSQL 数据库，格式为 `postgres://user@host/database`，代替数据目录中的文件。未写出的部分取自 PostgreSQL 的 `PG…` 变量和密码文件（`PGPASSFILE`）。命令行中含有密码时被拒绝。',
  ],
  databaseFile: [
    'File that contains the URL of --database, with its password. Only its owner may read it.',
    '包含 --database 的 URL（含密码）的文件。只有其所有者可以读取。',
  ],
  bus: [
    'Servers of NATS by which several nodes of one --database reach the gateways of each other, comma-separated: `tls://a,b,c`. Only on this machine they may be without TLS: `nats://127.0.0.1`. Without it, one server uses the database.',
    '同一 --database 的多个节点用以访问彼此网关的 NATS 服务器，以逗号分隔：`tls://a,b,c`。只有在本机上才可以不用 TLS：`nats://127.0.0.1`。不设置时，该数据库由一台服务器使用。',
  ],
  busSeedFile: [
    'File that contains the seed (SU…) of the NKey that the servers of --bus know. Only its owner may read it.',
    '包含 NKey 种子（SU…）的文件，--bus 的服务器认识该 NKey。只有其所有者可以读取。',
  ],
  busCa: [
    'Certificate (PEM) of the private authority that signed those of the servers of --bus.',
    '签发 --bus 各服务器证书的私有 CA 的证书（PEM）。',
  ],
  masterKeyPassphraseFile: [
    'File that contains the passphrase of a wrapped master.key. Without it and under systemd, the credential opensag-master-key-passphrase.',
    '包含已封装的 master.key 的口令的文件。不设置且由 systemd 运行时，使用凭据 opensag-master-key-passphrase。',
  ],
  masterKeyPassphraseCommand: [
    'Shell command that prints the passphrase of a wrapped master.key.',
    '打印已封装的 master.key 的口令的 shell 命令。',
  ],
  host: [
    'Address to listen on. An address other than loopback needs TLS or a trusted proxy.',
    '监听地址。环回以外的地址需要 TLS 或可信代理。',
  ],
  port: [
    'Port of the API, the gateway channel and the web pages. 0 selects a free port.',
    'API、网关通道和网页的端口。0 表示选择一个空闲端口。',
  ],
  tlsCert: ['Certificate chain (PEM). Needs --tls-key.', '证书链（PEM）。需要 --tls-key。'],
  tlsKey: ['Private key of the certificate (PEM). Needs --tls-cert.', '证书的私钥（PEM）。需要 --tls-cert。'],
  tlsSelfSigned: [
    'on: without --tls-cert and --trusted-proxy, the server makes a certificate authority in the data folder (ca.pem, which clients have to know) and certificates of it for localhost, the host name, --host and --public-url.',
    'on：没有 --tls-cert 和 --trusted-proxy 时，服务器在数据目录中建立一个证书颁发机构（ca.pem，客户端必须知道它），并由它为 localhost、主机名、--host 和 --public-url 签发证书。',
  ],
  trustedProxy: [
    'Addresses or CIDR blocks of the proxy that terminates TLS, comma-separated. Only these can connect.',
    '终止 TLS 的代理的地址或网段，以逗号分隔。只有它们可以连接。',
  ],
  publicUrl: [
    'URL at which clients and gateways reach the server: scheme, host and port. Answers then name it, whatever host a request names. Without it: the called host if it is the one listened on, loopback, a name of the certificate or told by the trusted proxy.',
    '客户端和网关访问服务器的 URL：协议、主机和端口。应答中写出的即为此 URL，与请求所写的主机无关。不设置时：若被调用的主机是监听地址、环回地址、证书中的名称或可信代理告知的主机，则使用该主机。',
  ],
  writeCredentials: [
    'File (mode 0600) to which the first start writes the account and key pair. Without it, they are printed once.',
    '首次启动时写入账号和密钥对的文件（权限 0600）。不设置时，它们会打印一次。',
  ],
  region: ['Region written to the credentials of the first start.', '写入首次启动的凭据文件的地域。'],
  shop: [
    'on: orders wait for payment and delivery and expire, as with a service that is sold. off: an order has arrived at once and never expires. Always on in a sandbox.',
    'on：订单等待支付和交付，并会到期，如同出售的服务。off：订单立即到货，永不到期。沙箱中始终为 on。',
  ],
  smtpHost: [
    'Mail server that sends passwords to remote users. Without it no password can be sent.',
    '向远程用户发送密码的邮件服务器。不设置则无法发送密码。',
  ],
  smtpPort: ['Port of the mail server.', '邮件服务器的端口。'],
  smtpSecurity: [
    'starttls (optional only for a mail server on this machine), or tls from the first byte (port 465).',
    'starttls（仅当邮件服务器在本机时可以省略加密），或从第一个字节起使用 tls（端口 465）。',
  ],
  smtpUser: [
    'User name at the mail server. Needs --smtp-password-file.',
    '邮件服务器上的用户名。需要 --smtp-password-file。',
  ],
  smtpPasswordFile: ['File that contains the password for the mail server.', '包含邮件服务器密码的文件。'],
  smtpFrom: ['Sender address of mails. Needs --smtp-host.', '邮件的发件人地址。需要 --smtp-host。'],
  oidcIssuer: [
    'OpenID provider by which users may log on to the console: its issuer, exactly as the provider writes it. https, or http on this machine. Needs --public-url, --oidc-client-id, --oidc-client-secret-file and --oidc-account.',
    '用户登录控制台可用的 OpenID 提供方：其 issuer，与提供方的写法完全一致。须为 https，本机可用 http。需要 --public-url、--oidc-client-id、--oidc-client-secret-file 和 --oidc-account。',
  ],
  oidcClientId: ['Id of this server at the OpenID provider.', '本服务器在 OpenID 提供方的客户端 ID。'],
  oidcClientSecretFile: [
    'File that contains the secret of --oidc-client-id. Only its owner may read it.',
    '包含 --oidc-client-id 密钥的文件，只允许其所有者读取。',
  ],
  oidcAccount: [
    'Id or alias of the account whose users log on by the OpenID provider.',
    '通过 OpenID 提供方登录的用户所属账号的 ID 或别名。',
  ],
  oidcUserClaim: [
    'Claim that says which user somebody is, at the first logon by the OpenID provider. email: the address of the user, which the provider must have verified. Any other: the name of the user; take one that people cannot change themselves.',
    '首次通过 OpenID 提供方登录时确定用户的声明（claim）。email：用户的邮箱地址，须经提供方验证。其他：用户名，请选用本人无法自行修改的声明。',
  ],
  oidcName: [
    'Name of the OpenID provider on the logon page. Without it, the host of --oidc-issuer.',
    'OpenID 提供方在登录页上的名称。不设置时为 --oidc-issuer 的主机名。',
  ],
  oidcLogOff: [
    'After a log-off from the console: offer shows a link that leaves the OpenID provider too. return does, and has the provider send the browser back to /console/ of --public-url, which must be registered there. off shows none.',
    '退出控制台之后：offer 显示同时退出 OpenID 提供方的链接；return 还让提供方把浏览器送回 --public-url 的 /console/，该地址须在提供方登记；off 不显示。',
  ],
  heartbeat: [
    'Seconds between heartbeats of server and gateway. A gateway is offline after three missed heartbeats.',
    '服务器与网关之间心跳的间隔，以秒计。连续缺失三次心跳的网关视为离线。',
  ],
  answerWithin: [
    'Longest time, in seconds, to answer a call that waits for a gateway or a mail server; their own time limits follow from it. Most clients give up after 10 seconds by default.',
    '需要等待网关或邮件服务器的调用的最长应答时间，以秒计；对网关和邮件服务器的时限由此得出。大多数客户端默认在 10 秒后放弃。',
  ],
  auditDays: [
    'Days to keep audit events. Older events are deleted, and before that the oldest when --audit-size is reached.',
    '操作审计事件的保留天数。更早的事件被删除；达到 --audit-size 时，会提前删除最早的事件。',
  ],
  auditSize: [
    'Disk space for audit events, in MiB. When they take more, the oldest are deleted.',
    '操作审计事件可占用的磁盘空间，以 MiB 计。超出时删除最早的事件。',
  ],
  adminPasswordMaxAge: [
    'Days after which the administrator password of a gateway is shown as old, in the console, in ListFleet and at /metrics. Without it, none is.',
    '网关的管理员密码超过此天数时，在控制台、ListFleet 和 /metrics 中显示为过旧。不设置则不显示。',
  ],
  alertTargets: [
    'Addresses or CIDR blocks outside the public internet to which alerts may be posted, also without TLS; comma-separated. Without it, none is.',
    '允许发送告警的非公网地址或网段，也允许不使用 TLS，以逗号分隔。不设置则一个也不允许。',
  ],
  metricsPort: [
    'Port on 127.0.0.1 for `/metrics` (Prometheus text format). Without it, `/metrics` is on the operator socket only.',
    '127.0.0.1 上提供 `/metrics`（Prometheus 文本格式）的端口。不设置时，`/metrics` 只在运维套接字上提供。',
  ],
  gatewayPort: [
    'A second port, for a load balancer to send gateways to (`/channel`). A crowd of gateways that come at once then keeps no call waiting. Both ports serve everything.',
    '第二个端口，供负载均衡把网关引向此处（`/channel`）。大批网关同时到来时，不会使调用等待。两个端口提供的内容相同。',
  ],
  diskFloor: [
    'Free space to keep on the disk of the data folder, in MiB. With less, calls that change something are refused with ServiceUnavailable and `/readyz` answers 503; reads continue. 0 turns it off.',
    '数据目录所在磁盘应保留的可用空间，以 MiB 计。低于此值时，修改类调用以 ServiceUnavailable 拒绝，`/readyz` 返回 503；读取不受影响。0 表示关闭。',
  ],
  drainDelay: [
    'Seconds for which a server that was told to stop (SIGTERM) goes on while `/readyz` answers 503, so that a load balancer stops sending calls. Behind a balancer: its interval of checks times the failures it waits for, and one more second.',
    '服务器收到停止信号（SIGTERM）后，在 `/readyz` 返回 503 的同时继续工作的秒数，使负载均衡停止发来调用。位于负载均衡之后时：其检查间隔乘以判定失败的次数，再加一秒。',
  ],
  drainWithin: [
    'Seconds within which a node that stops sends its gateways to the other nodes, one after another. A server without other nodes sends them away at once.',
    '节点停止时，把其网关逐一送往其他节点的时限，以秒计。没有其他节点的服务器会立即断开全部网关。',
  ],
  userCalls: [
    'Sustained calls per second of one user, with all its keys and sessions. Unused calls are saved for 1000 seconds. More are refused with Throttling.User.',
    '一个用户（含其全部密钥和会话）每秒可持续的调用数。未用的额度可积累 1000 秒。超出的调用以 Throttling.User 拒绝。',
  ],
  sourceCalls: [
    'Sustained calls per second from one address (IPv6: one /64), refused calls included. Unused calls are saved for 1000 seconds. More are refused with Throttling.',
    '来自一个地址（IPv6：一个 /64）每秒可持续的调用数，包括被拒绝的调用。未用的额度可积累 1000 秒。超出的调用以 Throttling 拒绝。',
  ],
  sourceConnections: [
    'Maximum number of connections from one address (IPv6: one /64) at once. More are closed. Behind a trusted proxy it is the number of gateway connections from the address that the proxy names.',
    '来自一个地址（IPv6：一个 /64）的最大同时连接数。超出的连接被关闭。位于可信代理之后时，为来自代理所报地址的网关连接数。',
  ],
  mostNonces: [
    'Maximum number of used signature nonces to keep: about 18 bytes of memory and 16 bytes of disk each. When it is reached, calls are refused with Throttling until nonces expire.',
    '保留的已用签名随机数（nonce）的最大数量：每个约占 18 字节内存和 16 字节磁盘。达到时，调用以 Throttling 拒绝，直到有随机数过期。',
  ],
  backupTo: [
    'Folder in which the server makes a backup at intervals. Of several nodes with it one makes each backup, in its own folder. Without it, none is made.',
    '服务器定期备份所用的目录。多个节点都设置时，每次备份由其中一个节点制作，放在它自己的目录中。不设置则不备份。',
  ],
  backupEvery: ['Hours between two backups.', '两次备份之间的小时数。'],
  backupKeep: [
    'Number of these backups to keep. Older ones are removed after each backup.',
    '保留的自动备份份数。每次备份后删除更早的。',
  ],
  backupMasterKey: [
    'included: master.key is in these backups; left-out: keep a copy of it elsewhere, a restore needs it.',
    'included：这些备份包含 master.key；left-out：不包含，请另行保存其副本，恢复时需要它。',
  ],
  configConfirm: [
    'Seconds within which a gateway must reach the server again with a new configuration; after them, the gateway returns to the previous configuration.',
    '网关必须用新配置重新连上服务器的时限，以秒计；超过后网关退回到之前的配置。',
  ],
  logLevel: [
    'fatal, error, warn, info, debug, trace or silent. Log lines are JSON on standard error.',
    'fatal、error、warn、info、debug、trace 或 silent。日志以 JSON 逐行写到标准错误。',
  ],
}
