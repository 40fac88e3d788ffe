/** Help of the settings, by its English text. A setting whose text is not here does not compile. */
export const settingsHelp = {
  'on: without --tls-cert and --trusted-proxy, the server makes a certificate authority in the data folder (ca.pem, which clients have to know) and certificates of it for localhost, the host name, --host and --public-url.':
    'on：未设置 --tls-cert 与 --trusted-proxy 时，服务器在数据目录中建立证书颁发机构（ca.pem，客户端须信任它），并为 localhost、主机名、--host 与 --public-url 签发证书。',
  'Folder for the database, the master key and the operator socket.': '数据库、主密钥与运维套接字所在的目录。',
  'Address to listen on. An address other than loopback needs TLS or a trusted proxy.':
    '监听地址。非环回地址需要 TLS 或受信任的代理。',
  'Port of the API, the gateway channel and the web pages. 0 selects a free port.':
    'API、网关通道与网页的端口。0 表示自动选择空闲端口。',
  'Certificate chain (PEM). Needs --tls-key.': '证书链（PEM）。需要 --tls-key。',
  'Private key of the certificate (PEM). Needs --tls-cert.': '证书的私钥（PEM）。需要 --tls-cert。',
  'Addresses or CIDR blocks of the proxy that terminates TLS, comma-separated. Only these can connect.':
    '终结 TLS 的代理的地址或网段，以逗号分隔。只有它们可以连接。',
  'URL at which clients and gateways reach the server: scheme, host and port. Answers then name it, whatever host a request names. Without it: the called host if it is the one listened on, loopback, a name of the certificate or told by the trusted proxy.':
    '客户端与网关访问服务器的 URL：协议、主机与端口。设置后，无论请求写明哪个主机，应答都采用它。未设置时采用所请求的主机，前提是它为监听地址、环回地址、证书中的名称，或由受信任的代理告知。',
  'Region written to the credentials of the first start.': '首次启动时写入凭证的地域。',
  'Seconds between heartbeats of server and gateway. A gateway is offline after three missed heartbeats.':
    '服务器与网关之间的心跳间隔（秒）。连续三次未收到心跳即视为网关离线。',
  'Longest time, in seconds, to answer a call that waits for a gateway or a mail server; their own time limits follow from it. Most clients give up after 10 seconds by default.':
    '应答等待网关或邮件服务器的调用的最长秒数，各自的时限由此推算。多数客户端默认 10 秒后放弃。',
  'Days to keep audit events. Older events are deleted, and before that the oldest when --audit-size is reached.':
    '审计事件的保留天数。更早的事件会删除；达到 --audit-size 时提前删除最早的事件。',
  'Disk space for audit events, in MiB. When they take more, the oldest are deleted.':
    '审计事件占用的磁盘空间（MiB）。超出时删除最早的事件。',
  'Addresses or CIDR blocks outside the public internet to which alerts may be posted, also without TLS; comma-separated. Without it, none is.':
    '允许发送告警的非公网地址或网段，也允许不使用 TLS，以逗号分隔。不设置则一个也不允许。',
  'Days after which the administrator password of a gateway is shown as old, in the console, in ListFleet and at /metrics. Without it, none is.':
    '网关的管理员密码使用多少天后，在控制台、ListFleet 与 /metrics 中显示为过旧。未设置时不作此显示。',
  'Port on 127.0.0.1 for `/metrics` (Prometheus text format). Without it, `/metrics` is on the operator socket only.':
    '127.0.0.1 上提供 `/metrics`（Prometheus 文本格式）的端口。未设置时仅在运维套接字上提供。',
  'Free space to keep on the disk of the data folder, in MiB. With less, calls that change something are refused with ServiceUnavailable and `/readyz` answers 503; reads continue. 0 turns it off.':
    '数据目录所在磁盘须保留的空闲空间（MiB）。不足时，修改类调用以 ServiceUnavailable 拒绝，`/readyz` 返回 503，读取不受影响。0 表示不检查。',
  'Sustained calls per second of one user, with all its keys and sessions. Unused calls are saved for 1000 seconds. More are refused with Throttling.User.':
    '单个用户（包括其所有密钥与会话）每秒可持续的调用数。未用的额度可积累 1000 秒，超出时以 Throttling.User 拒绝。',
  'Sustained calls per second from one address (IPv6: one /64), refused calls included. Unused calls are saved for 1000 seconds. More are refused with Throttling.':
    '单个地址（IPv6 为一个 /64）每秒可持续的调用数，被拒绝的调用也计入。未用的额度可积累 1000 秒，超出时以 Throttling 拒绝。',
  'Maximum number of connections from one address (IPv6: one /64) at once. More are closed. Behind a trusted proxy it is the number of gateway connections from the address that the proxy names.':
    '单个地址（IPv6 为一个 /64）的最大并发连接数，超出的连接会关闭。位于受信任的代理之后时，为代理所告知地址的网关连接数。',
  'Maximum number of used signature nonces to keep: about 18 bytes of memory and 16 bytes of disk each. When it is reached, calls are refused with Throttling until nonces expire.':
    '保留的已用签名随机数的最大数量，每个约占 18 字节内存与 16 字节磁盘。达到上限后，调用以 Throttling 拒绝，直至有随机数过期。',
  'Seconds within which a gateway must reach the server again with a new configuration; after them, the gateway returns to the previous configuration.':
    '网关应用新配置后须在这么多秒内重新连上服务器，否则恢复为先前的配置。',
  'fatal, error, warn, info, debug, trace or silent. Log lines are JSON on standard error.':
    'fatal、error、warn、info、debug、trace 或 silent。日志以 JSON 写入标准错误输出。',
  'PostgreSQL database to keep everything in, as `postgres://user@host/database`, instead of a file in the data folder. What it leaves out comes from the `PG…` variables and the password file of PostgreSQL (`PGPASSFILE`). A password in it is refused on the command line.':
    '存放全部数据的 PostgreSQL 数据库，格式为 `postgres://user@host/database`，代替数据目录中的文件。未写明的部分取自 `PG…` 变量与 PostgreSQL 的密码文件（`PGPASSFILE`）。命令行中含密码的 URL 会被拒绝。',
  'File that contains the URL of --database, with its password. Only its owner may read it.':
    '存放 --database 的 URL（含密码）的文件，只允许其所有者读取。',
  'Servers of NATS by which several nodes of one --database reach the gateways of each other, comma-separated: `tls://a,b,c`. Only on this machine they may be without TLS: `nats://127.0.0.1`. Without it, one server uses the database.':
    '同一 --database 的多个节点借以访问彼此网关的 NATS 服务器，以逗号分隔：`tls://a,b,c`。仅限本机时可不用 TLS：`nats://127.0.0.1`。未设置时由单个服务器使用数据库。',
  'File that contains the seed (SU…) of the NKey that the servers of --bus know. Only its owner may read it.':
    '存放 --bus 服务器所认可的 NKey 种子（SU…）的文件，只允许其所有者读取。',
  'Certificate (PEM) of the private authority that signed those of the servers of --bus.':
    '为 --bus 服务器签发证书的私有 CA 的证书（PEM）。',
  'File that contains the passphrase of a wrapped master.key. Without it and under systemd, the credential opensag-master-key-passphrase.':
    '存放已封装 master.key 的口令的文件。未设置且由 systemd 运行时，采用凭证 opensag-master-key-passphrase。',
  'Shell command that prints the passphrase of a wrapped master.key.': '打印已封装 master.key 的口令的 shell 命令。',
  'File (mode 0600) to which the first start writes the account and key pair. Without it, they are printed once.':
    '首次启动时将账号与密钥对写入该文件（权限 0600）。未设置时只打印一次。',
  'on: orders wait for payment and delivery and expire, as with a service that is sold. off: an order has arrived at once and never expires. Always on in a sandbox.':
    'on：订单与售卖的服务一样，须付款、收货并会到期。off：订单立即到货且永不到期。沙箱中始终为 on。',
  'Mail server that sends passwords to remote users. Without it no password can be sent.':
    '向远程用户发送密码的邮件服务器。未设置时无法发送密码。',
  'Port of the mail server.': '邮件服务器的端口。',
  'starttls (optional only for a mail server on this machine), or tls from the first byte (port 465).':
    'starttls（仅当邮件服务器在本机时可不加密），或自首字节起使用 tls（端口 465）。',
  'User name at the mail server. Needs --smtp-password-file.': '邮件服务器的用户名。需要 --smtp-password-file。',
  'File that contains the password for the mail server.': '存放邮件服务器密码的文件。',
  'Sender address of mails. Needs --smtp-host.': '邮件的发件人地址。需要 --smtp-host。',
  'A second port, for a load balancer to send gateways to (`/channel`). A crowd of gateways that come at once then keeps no call waiting. Both ports serve everything.':
    '第二个端口，供负载均衡器转发网关连接（`/channel`），使大量网关同时接入时不影响调用。两个端口都提供全部服务。',
  'Seconds for which a server that was told to stop (SIGTERM) goes on while `/readyz` answers 503, so that a load balancer stops sending calls. Behind a balancer: its interval of checks times the failures it waits for, and one more second.':
    '收到停止信号（SIGTERM）后继续运行的秒数，期间 `/readyz` 返回 503，以便负载均衡器停止转发调用。位于负载均衡器之后时，取其检查间隔乘以判定失败的次数再加一秒。',
  'Seconds within which a node that stops sends its gateways to the other nodes, one after another. A server without other nodes sends them away at once.':
    '停止的节点在多少秒内将网关逐个转移到其他节点。没有其他节点的服务器会立即断开网关。',
  'Folder in which the server makes a backup at intervals. Of several nodes with it one makes each backup, in its own folder. Without it, none is made.':
    '服务器定期备份的目录。多个节点都设置时，每次由其中一个在自己的目录中备份。未设置时不备份。',
  'Hours between two backups.': '两次备份之间的小时数。',
  'Number of these backups to keep. Older ones are removed after each backup.':
    '保留的备份份数。每次备份后删除更早的备份。',
  'included: master.key is in these backups; left-out: keep a copy of it elsewhere, a restore needs it.':
    'included：备份包含 master.key；left-out：请另存一份，恢复时需要。',
  'OpenID provider by which users may log on to the console: its issuer, exactly as the provider writes it. https, or http on this machine. Needs --public-url, --oidc-client-id, --oidc-client-secret-file and --oidc-account.':
    '用户登录控制台可用的 OpenID 提供方：其 issuer，与提供方的写法完全一致。须为 https，本机可用 http。需要 --public-url、--oidc-client-id、--oidc-client-secret-file 和 --oidc-account。',
  'Id of this server at the OpenID provider.': '本服务器在 OpenID 提供方的客户端 ID。',
  'File that contains the secret of --oidc-client-id. Only its owner may read it.':
    '包含 --oidc-client-id 密钥的文件，只允许其所有者读取。',
  'Id or alias of the account whose users log on by the OpenID provider.':
    '通过 OpenID 提供方登录的用户所属账号的 ID 或别名。',
  'Claim that says which user somebody is, at the first logon by the OpenID provider. email: the address of the user, which the provider must have verified. Any other: the name of the user; take one that people cannot change themselves.':
    '首次通过 OpenID 提供方登录时确定用户的声明（claim）。email：用户的邮箱地址，须经提供方验证。其他：用户名，请选用本人无法自行修改的声明。',
  'Name of the OpenID provider on the logon page. Without it, the host of --oidc-issuer.':
    'OpenID 提供方在登录页上的名称。不设置时为 --oidc-issuer 的主机名。',
  'After a log-off from the console: offer shows a link that leaves the OpenID provider too. return does, and has the provider send the browser back to /console/ of --public-url, which must be registered there. off shows none.':
    '退出控制台之后：offer 显示同时退出 OpenID 提供方的链接；return 还让提供方把浏览器送回 --public-url 的 /console/，该地址须在提供方登记；off 不显示。',
} as const
