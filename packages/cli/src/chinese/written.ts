/**
 * Texts that are English where they are written, because they are also logged, recorded, sent over a socket or part of JSON, and
 * translated where a person reads them. The first one that fits counts; a value named `why` is translated as well.
 */
export const written: Readonly<Record<string, string>> = {
  // opensag parity: part of a recording, or of the report as JSON.
  'the run was stopped, or its time was up': '运行已被停止，或时间已到',
  'the service did not answer': '服务没有应答',
  'in the recording: {why}': '录制中：{why}',
  'no answer within {seconds} s': '{seconds} 秒内没有应答',
  'the variable {name} is not set': '变量 {name} 未设置',
  'no earlier answer had a value for {name}': '前面没有应答给出 {name} 的值',
  '{list} has elements on one side only': '{list} 仅一方有元素',
  present: '有',
  absent: '无',
  // What an operator is told, and what an agent says of itself.
  'Instance {instance} has the device {serial}.': '实例 {instance} 绑定了设备 {serial}。',
  'Run this on the gateway. The enrolment key in it is shown once and serves once:':
    '请在网关上运行以下命令。其中的注册密钥仅显示一次，仅可使用一次：',
  'Run this on the gateway, which is this machine: the server listens on no other address. The enrolment key in it is shown once and serves once:':
    '请在网关上运行以下命令；网关就是本机，因为服务器没有监听其他地址。其中的注册密钥仅显示一次，仅可使用一次：',
  'When it is connected, set its administrator password here. You are asked for the new password:':
    '网关连接后，请在此设置其管理员密码。命令会要求输入新密码：',
  'The point of presence is {serial}.': '接入点为 {serial}。',
  'Run this on its machine. The enrolment key in it is shown once and serves once:':
    '请在其机器上运行以下命令。其中的注册密钥仅显示一次，仅可使用一次：',
  '(none)': '（无）',
  confirmed: '已确认',
  'on trial': '试用期',
  'not in force': '未生效',
  // A file that is not JSON.
  'is not valid JSON: it ends too early': '不是有效的 JSON：过早结束',
  'is not valid JSON': '不是有效的 JSON',
  'is not valid JSON: see line {line}, column {column}': '不是有效的 JSON：见第 {line} 行第 {column} 列',
  // What the system refused.
  '{place} is in use by another program. Stop that one, or choose another port.':
    '{place} 正被其他程序占用。请停止该程序，或换用其他端口。',
  'The certificate of the server is not trusted here ({reason}). If it is of a private authority, name the file with the certificate of that authority in NODE_EXTRA_CA_CERTS.':
    '本机不信任服务器的证书（{reason}）。若由私有 CA 签发，请在 NODE_EXTRA_CA_CERTS 中指定该 CA 证书的文件。',
  '{path} does not exist. Check the path.': '{path} 不存在。请检查路径。',
  '{path} cannot be used: a part of this path is a file, not a folder.':
    '{path} 无法使用：路径中有一段是文件而非目录。',
  '{path} is a folder, not a file.': '{path} 是目录而非文件。',
  '{path} exists already.': '{path} 已存在。',
  '{path} is on a file system that is mounted read-only. Remount it for writing (mount -o remount,rw), or name another folder.':
    '{path} 所在的文件系统以只读方式挂载。请以可写方式重新挂载（mount -o remount,rw），或指定其他目录。',
  'The disk of {path} is full. Free some space (df -h {folder} shows it), then run this again.':
    '{path} 所在的磁盘已满。请腾出空间（可用 df -h {folder} 查看），然后重新运行。',
  'The quota of this user on the disk of {path} is used up. Free some space, or have the quota raised.':
    '该用户在 {path} 所在磁盘上的配额已用尽。请腾出空间，或提高配额。',
  '{path} cannot be opened: this program has too many files open. Raise the limit (ulimit -n).':
    '{path} 无法打开：本程序打开的文件过多。请提高上限（ulimit -n）。',
  '{path} is too long for a path. Name a shorter one.': '{path} 作为路径过长。请指定较短的路径。',
  'No permission for {path}. Run this as the user it belongs to, or give that right to this user (ls -ld {folder} shows the owner).':
    '没有 {path} 的权限。请以其所有者的身份运行，或授予本用户权限（可用 ls -ld {folder} 查看所有者）。',
  '{path} cannot be read: {reason}.': '{path} 无法读取：{reason}。',
  '{path} cannot be read ({code}).': '{path} 无法读取（{code}）。',
  '{path} may be read by others. Make it yours alone: chmod 600 {path2}':
    '{path} 可被他人读取。请设为仅自己可读：chmod 600 {path2}',
  'Others may read or write {path} ({mode}). Take that away: chmod 600 {path2}':
    '他人可读写 {path}（{mode}）。请取消该权限：chmod 600 {path2}',
  'Others may write {path} ({mode}). Take that away: chmod 600 {path2}':
    '他人可写 {path}（{mode}）。请取消该权限：chmod 600 {path2}',
  '{path} belongs to user {owner}, and the server runs as user {user}. Run it as that user, or give it away: {command}':
    '{path} 属于用户 {owner}，而服务器以用户 {user} 运行。请以前者的身份运行，或转移所有权：{command}',
  'Others may write into {path} ({mode}). Take that away (chmod 700 {folder}), or name a folder of your own.':
    '他人可写入 {path}（{mode}）。请取消该权限（chmod 700 {folder}），或指定自己的目录。',
  'The path {path} is too long for a Unix socket ({bytes} bytes). Use a shorter data folder.':
    '路径 {path} 对 Unix 套接字过长（上限 {bytes} 字节）。请使用路径较短的数据目录。',
  // Settings, and what a start refuses.
  default: '默认',
  'not set': '未设置',
  'The configuration file {path} must contain a JSON object.': '配置文件 {path} 须包含一个 JSON 对象。',
  'The configuration file {path} {why}.': '配置文件 {path} {why}。',
  '{place}: "{key}" is not a setting of {program}.': '{place}："{key}" 不是 {program} 的配置项。',
  '{place}: "{key}" is not a setting.': '{place}："{key}" 不是配置项。',
  '{name} must be a whole number from {least} to {most}, not {value}.':
    '{name} 须为 {least} 至 {most} 的整数，而非 {value}。',
  '{name} must be a number from {least} to {most}, not {value}.': '{name} 须为 {least} 至 {most} 的数，而非 {value}。',
  '{name} must be one of {choices}, not {value}.': '{name} 须为 {choices} 之一，而非 {value}。',
  '{name} must not be empty.': '{name} 不得为空。',
  'there is no such region. Name one of {regions}': '没有该地域。请填写以下之一：{regions}',
  '--database: a password on the command line can be read by every user of this machine. Put the URL into OPENSAG_DATABASE or the configuration file, name a file that contains it with --database-file, or leave the password out and write it into ~/.pgpass.':
    '--database：本机的每个用户都能读到命令行上的密码。请将 URL 写入 OPENSAG_DATABASE 或配置文件，或用 --database-file 指定含有它的文件，或省去密码并写入 ~/.pgpass。',
  '{flag}: a password on the command line can be read by every user of this machine. Name a file that contains the URL with {flag2}-file, or leave the password out and write it into ~/.pgpass.':
    '{flag}：本机的每个用户都能读到命令行上的密码。请用 {flag2}-file 指定含有该 URL 的文件，或省去密码并写入 ~/.pgpass。',
  'names no servers of NATS. Write tls://a.example.com,b.example.com.':
    '未写明 NATS 服务器。请写作 tls://a.example.com,b.example.com。',
  'names some servers with {scheme} and others without. Use one for all.':
    '有的服务器带 {scheme}，有的不带。请统一写法。',
  'has a server that is no host, or host:port.': '含有既不是 host 也不是 host:port 的服务器。',
  'holds a name or password. Leave it out, and name the file of an NKey seed with --bus-seed-file.':
    '含有用户名或密码。请去掉，并用 --bus-seed-file 指定 NKey 种子的文件。',
  'has a server with a path. Name host and port only.': '含有带路径的服务器。请只写主机与端口。',
  '--bus is missing: {flag} needs it. Name the servers of NATS.': '缺少 --bus：{flag} 需要它。请写明 NATS 服务器。',
  '--bus needs --database: nodes that reach each other share one PostgreSQL database. Name it, or leave --bus out.':
    '--bus 需要 --database：互相连通的节点共用一个 PostgreSQL 数据库。请指定数据库，或去掉 --bus。',
  '--bus: {server} is another machine, and needs TLS. Write tls:// and name its authority with --bus-ca.':
    '--bus：{server} 是其他机器，需要 TLS。请写作 tls://，并用 --bus-ca 指定其 CA。',
  'whoever reaches the servers of --bus could restart gateways. Give them an NKey and name its seed with --bus-seed-file.':
    '任何能访问 --bus 服务器的人都可能重启网关。请为服务器设置 NKey，并用 --bus-seed-file 指定其种子。',
  '--bus-seed-file is missing: {why}': '缺少 --bus-seed-file：{why}',
  '--bus-seed-file: {path} contains no seed of a user (58 letters and digits from SU on).':
    '--bus-seed-file：{path} 中没有用户种子（以 SU 开头的 58 个字母与数字）。',
  '--bus-ca is for servers with TLS: write tls:// in --bus, or leave it out.':
    '--bus-ca 用于带 TLS 的服务器：请在 --bus 中写 tls://，或去掉 --bus-ca。',
  '--bus-ca: {path} contains no certificate in PEM form (-----BEGIN CERTIFICATE-----).':
    '--bus-ca：{path} 中没有 PEM 格式的证书（-----BEGIN CERTIFICATE-----）。',
  '--tls-cert and --tls-key must be given together: {flag} is missing.':
    '--tls-cert 与 --tls-key 须同时给出：缺少 {flag}。',
  '--tls-cert: {path} contains no certificate in PEM form (-----BEGIN CERTIFICATE-----).':
    '--tls-cert：{path} 中没有 PEM 格式的证书（-----BEGIN CERTIFICATE-----）。',
  '--tls-key: {path} is encrypted, and a server cannot ask for its passphrase. Write it without one: {command}':
    '--tls-key：{path} 已加密，而服务器无法询问口令。请写成不带口令的私钥：{command}',
  '--tls-key: {path} contains no private key in PEM form (-----BEGIN PRIVATE KEY-----).':
    '--tls-key：{path} 中没有 PEM 格式的私钥（-----BEGIN PRIVATE KEY-----）。',
  '--tls-key: {key} is not the private key of the certificate in {path}. The certificate of the server comes first in that file, those of its issuers after it.':
    '--tls-key：{key} 不是 {path} 中证书的私钥。该文件须先写服务器的证书，再写各级签发者的证书。',
  '--tls-cert: OpenSSL does not take {path} with {key} ({reason}). Have a new certificate issued.':
    '--tls-cert：OpenSSL 不接受 {path} 与 {key}（{reason}）。请重新签发证书。',
  '--tls-cert: {path} expired on {day}. Clients refuse it: have a new one issued.':
    '--tls-cert：{path} 已于 {day} 过期，客户端会拒绝它。请重新签发证书。',
  '--tls-cert: {path} is valid only from {day} on. Check the clock of this machine.':
    '--tls-cert：{path} 自 {day} 起才有效。请检查本机时钟。',
  'Give --database or --database-file, not both.': '--database 与 --database-file 只能给出其一。',
  'Write one such as postgres://opensag@db.example.com/opensag?sslmode=verify-full.':
    '写法例如 postgres://opensag@db.example.com/opensag?sslmode=verify-full。',
  '{subject} names several hosts, and a server connects to one: put a proxy that knows the primary, such as HAProxy, before them, and name that.':
    '{subject} 写有多个主机，而服务器只连接一个：请在其前方设置知道主库的代理（例如 HAProxy），并写该代理。',
  '{subject} is not the URL of a PostgreSQL database. {why}': '{subject} 不是 PostgreSQL 数据库的 URL。{why}',
  '{subject}: the connection to {host} is not protected. Add ?sslmode=verify-full&sslrootcert=<file>.':
    '{subject}：到 {host} 的连接未受保护。请加上 ?sslmode=verify-full&sslrootcert=<file>。',
  '--backup-to is inside the data folder: what destroys the one destroys the other. Name a folder on another disk.':
    '--backup-to 位于数据目录之内：毁坏其一的事故也会毁坏另一个。请指定其他磁盘上的目录。',
  '{flag}: {path} is a file, not a folder. Name a folder.': '{flag}：{path} 是文件而非目录。请指定目录。',
  '{path} cannot be used ({code}).': '{path} 无法使用（{code}）。',
  '{flag}: the folder {path} does not exist. Make it first.': '{flag}：目录 {path} 不存在。请先创建。',
  'Listening on {host} needs TLS, because requests hold passwords. Give a certificate (--tls-cert, --tls-key), or name the proxy that ends TLS (--trusted-proxy), or listen on 127.0.0.1 only (--host).':
    '在 {host} 上监听需要 TLS，因为请求中含有密码。请给出证书（--tls-cert、--tls-key），或指定终结 TLS 的代理（--trusted-proxy），或仅在 127.0.0.1 上监听（--host）。',
  '{flag}: "{text}" is neither an IP address nor a CIDR block. Write one such as 10.0.0.5 or 10.0.0.0/24.':
    '{flag}："{text}" 既不是 IP 地址也不是网段。写法例如 10.0.0.5 或 10.0.0.0/24。',
  '--public-url is not an absolute http or https URL. {why}': '--public-url 不是完整的 http 或 https URL。{why}',
  '--public-url must hold no user name and no password. {why}': '--public-url 不得含有用户名或密码。{why}',
  '--public-url: "{url}" must have no query and no fragment. {why}': '--public-url："{url}" 不得带有查询或片段。{why}',
  '--public-url: "{url}" must have no path, because clients call the API at / of a host. {why}':
    '--public-url："{url}" 不得带有路径，因为客户端在主机的 / 上调用 API。{why}',
  'Write one such as https://sag.example.com.': '写法例如 https://sag.example.com。',
  '--public-url: {url} is without TLS, and requests hold passwords. Give the https URL.':
    '--public-url：{url} 不带 TLS，而请求中含有密码。请给出 https URL。',
  '--gateway-port: give another port than that of --port.': '--gateway-port：请给出与 --port 不同的端口。',
  '--host: {host} is not an address of this machine. Use one that "ip addr" shows, or 0.0.0.0 for all of them.':
    '--host：{host} 不是本机的地址。请使用 "ip addr" 所示的地址，或用 0.0.0.0 表示全部地址。',
  '--host: the name {host} has no address. Use an address of this machine.':
    '--host：名称 {host} 没有对应的地址。请使用本机的地址。',
  '--port: this user has no right to port {port}. Use one from 1024 on, or give the program that right (AmbientCapabilities=CAP_NET_BIND_SERVICE in its unit file).':
    '--port：该用户无权使用端口 {port}。请使用 1024 及以上的端口，或授予程序该权限（在其单元文件中设置 AmbientCapabilities=CAP_NET_BIND_SERVICE）。',
  '--host: {host} cannot be listened on ({code}). Use an address of this machine.':
    '--host：无法在 {host} 上监听（{code}）。请使用本机的地址。',
  '--smtp-host is missing: {flags} needs it. Name the mail server, or leave the others out.':
    '缺少 --smtp-host：{flags} 需要它。请指定邮件服务器，或去掉其他选项。',
  '--smtp-from is missing: --smtp-host needs the address that mails come from.':
    '缺少 --smtp-from：--smtp-host 需要发件地址。',
  '--smtp-from: "{text}" is not a mail address. Write one such as sag@example.com.':
    '--smtp-from："{text}" 不是邮箱地址。写法例如 sag@example.com。',
  '--smtp-port must be a port from 1 to 65535, not 0.': '--smtp-port 须为 1 至 65535 的端口，而非 0。',
  '--smtp-port 465 is for TLS from the first byte: give --smtp-security tls, or use port 587.':
    '--smtp-port 465 用于从首字节起的 TLS：请给出 --smtp-security tls，或使用端口 587。',
  '--smtp-port 587 is for STARTTLS: leave --smtp-security out, or use port 465.':
    '--smtp-port 587 用于 STARTTLS：请去掉 --smtp-security，或使用端口 465。',
  '--smtp-user and --smtp-password-file must be given together: {flag} is missing.':
    '--smtp-user 与 --smtp-password-file 须同时给出：缺少 {flag}。',
  '--smtp-password-file: {path} is empty. Write the password of {user} into it.':
    '--smtp-password-file：{path} 为空。请将 {user} 的密码写入其中。',
  'give the id or the alias of an account.': '请给出账号的 ID 或别名。',
  'give the name of a claim, such as email or preferred_username.':
    '请给出声明（claim）的名称，例如 email 或 preferred_username。',
  '--oidc-issuer is missing: {flags} needs it. Name the provider, or leave the others out.':
    '缺少 --oidc-issuer：{flags} 需要它。请指定提供方，或去掉其他选项。',
  '--oidc-issuer needs {flags}. Give it, or leave --oidc-issuer out.':
    '--oidc-issuer 需要 {flags}。请给出，或去掉 --oidc-issuer。',
  '--oidc-issuer needs --public-url: the provider sends browsers back to it, and must know that address.':
    '--oidc-issuer 需要 --public-url：提供方把浏览器引回该地址，且须知道它。',
  '--oidc-issuer must be a URL without user name, query and fragment. Write one such as https://login.example.com.':
    '--oidc-issuer 须为不含用户名、查询和片段的 URL。写法例如 https://login.example.com。',
  '--oidc-issuer: a provider on another machine needs TLS. Give its https URL.':
    '--oidc-issuer：其他机器上的提供方需要 TLS。请给出其 https URL。',
  '--oidc-client-secret-file: {path} is empty. Write the secret of --oidc-client-id into it.':
    '--oidc-client-secret-file：{path} 为空。请将 --oidc-client-id 的密钥写入其中。',
  'Give --master-key-passphrase-file or --master-key-passphrase-command, not both.':
    '--master-key-passphrase-file 与 --master-key-passphrase-command 只能给出其一。',
  '--master-key-passphrase-file: {path} is empty.': '--master-key-passphrase-file：{path} 为空。',
  'The passphrase command did not end within {seconds} s.': '打印口令的命令没有在 {seconds} 秒内结束。',
  'The passphrase command ended with {code}.': '打印口令的命令以 {code} 结束。',
  '{name}: {value} is none of {choices}.': '{name}：{value} 不在 {choices} 之中。',
  '{name}: {value} is no whole number from 1 to {most}.': '{name}：{value} 不是 1 至 {most} 的整数。',
  '{name} is not of the form name=value,name=value.': '{name} 不符合 name=value,name=value 的格式。',
  "{name}: grpc is not supported. Use http/protobuf, at the collector's port for OTLP over HTTP (usually 4318).":
    '{name}：不支持 grpc。请使用 http/protobuf，并连接收集器的 OTLP over HTTP 端口（通常为 4318）。',
  'OTEL_PROPAGATORS: {value} is not supported. Name tracecontext or none.':
    'OTEL_PROPAGATORS：不支持 {value}。请写 tracecontext 或 none。',
  '{name} is not supported. NODE_EXTRA_CA_CERTS names further authorities.':
    '不支持 {name}。其他 CA 请用 NODE_EXTRA_CA_CERTS 指定。',
  '{name} has a name or a value that no header of HTTP may have.': '{name} 含有 HTTP 头不允许的名称或取值。',
  '{name} is not the URL of a collector: it begins with http:// or https://.':
    '{name} 不是收集器的 URL：须以 http:// 或 https:// 开头。',
  '{name} has a user or a password in it. Give them in OTEL_EXPORTER_OTLP_HEADERS.':
    '{name} 含有用户名或密码。请在 OTEL_EXPORTER_OTLP_HEADERS 中给出。',
  'OTEL_TRACES_SAMPLER_ARG: {value} is no number from 0 to 1.': 'OTEL_TRACES_SAMPLER_ARG：{value} 不是 0 至 1 的数。',
  // Last: it fits every mistake of --bus.
  '--bus {why}': '--bus {why}',
}
