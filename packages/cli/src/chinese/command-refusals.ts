/** What `audit forward`, the agent and other commands refuse or report, in English where it is written. */
export const commandRefusals: Readonly<Record<string, string>> = {
  // opensag audit forward.
  'Entries cannot be delivered: {why} Trying again.': '无法投递条目：{why} 正在重试。',
  'The server cannot be read: {why} Trying again.': '无法读取服务器：{why} 正在重试。',
  'Entries are delivered again.': '已恢复投递条目。',
  'The server is read again.': '已恢复读取服务器。',
  'The server has another trail since it was restored: it is sent from its beginning.':
    '服务器恢复后审计记录已不同：将从头发送。',
  'The receiver did not take them in time.': '接收方没有及时接收。',
  'It was stopped.': '已被停止。',
  'The cursor cannot be written.': '无法写入游标。',
  'Entries {first} to {last} were deleted from the trail before they were forwarded.':
    '第 {first} 至 {last} 号条目在转发之前已从审计记录中删除。',
  'its newest entry is {newest}, and entries up to {sent} were forwarded. After a restore by other means than `opensag restore`, run `opensag restore --mark-only`.':
    '其最新条目为第 {newest} 号，而已转发至第 {sent} 号。若以 `opensag restore` 之外的方式恢复，请运行 `opensag restore --mark-only`。',
  'The server exported a line of more than {most} characters.': '服务器导出的某行超过 {most} 个字符。',
  'The server exported a line that is no entry.': '服务器导出的某行不是条目。',
  '{path} is damaged. Remove it to send everything again.': '{path} 已损坏。请删除它以重新发送全部内容。',
  '{path} belongs to another target. Give each target a --state of its own.':
    '{path} 属于其他目标。请为每个目标给出各自的 --state。',
  '--to: without TLS only this machine can be reached. Use syslogs:// or https://.':
    '--to：不带 TLS 时只能连接本机。请使用 syslogs:// 或 https://。',
  '--key-file and --token-file are for a webhook: syslog has no place for them.':
    '--key-file 与 --token-file 用于 webhook：syslog 无处使用它们。',
  '--to: a syslog URL has a host and a port, nothing else.': '--to：syslog URL 只含主机与端口。',
  '--key-file is needed: the requests of a webhook are signed.': '须给出 --key-file：webhook 的请求须签名。',
  '--key-file: {path} holds fewer than {least} characters. openssl rand -hex 32 makes some.':
    '--key-file：{path} 少于 {least} 个字符。可用 openssl rand -hex 32 生成。',
  '--token-file: {path} holds no token: printable characters without a space are needed.':
    '--token-file：{path} 中没有令牌：须为不含空格的可打印字符。',
  '--to: a URL is needed, such as syslogs://log.example:6514 or https://log.example/audit.':
    '--to：需要 URL，例如 syslogs://log.example:6514 或 https://log.example/audit。',
  '--to: no user or password belongs into a URL that other people of this machine can read.':
    '--to：本机其他人能读到的 URL 不得含有用户名或密码。',
  '--to: syslog, syslogs or https is needed.': '--to：须为 syslog、syslogs 或 https。',
  '--ca, --tls-cert and --tls-key are for syslogs:// and https://.':
    '--ca、--tls-cert 与 --tls-key 用于 syslogs:// 与 https://。',
  '--tls-cert and --tls-key belong together.': '--tls-cert 与 --tls-key 须同时给出。',
  '--ca, --tls-cert, --tls-key: PEM files are needed, and a key that belongs to its certificate.':
    '--ca、--tls-cert、--tls-key：须为 PEM 文件，且私钥与证书匹配。',
  'The server ended the connection.': '服务器结束了连接。',
  'The server does not name its trail: it is older than this program.': '服务器未指明其审计记录：其版本旧于本程序。',
  'The receiver answers with too much.': '接收方的应答过长。',
  'The receiver answered with status {status}.': '接收方返回状态码 {status}。',
  'The receiver ended the connection before it had read everything.': '接收方在读完之前结束了连接。',
  '{folder} is in use: {why}': '{folder} 正被使用：{why}',
  // The agent and the point of presence, when they do not start.
  'The agent answers in a form that this version does not know: restart it.':
    '代理程序的应答格式为本版本所不识：请重启它。',
  'The agent cannot read its own state: {reason}': '代理程序无法读取自身状态：{reason}',
  'The agent does not answer.': '代理程序没有应答。',
  'The agent is busy: try again.': '代理程序正忙：请重试。',
  'There is no folder {folder}. Name the folder of the agent with --data, or start it.':
    '目录 {folder} 不存在。请用 --data 指定代理程序的目录，或启动它。',
  'No agent runs on the folder {folder}. Name the folder of the agent with --data, or start it.':
    '没有代理程序在目录 {folder} 上运行。请用 --data 指定代理程序的目录，或启动它。',
  'The address of the server has to begin with wss:// (or ws:// when it is on this machine).':
    '服务器地址须以 wss:// 开头（服务器在本机时可用 ws://）。',
  '--server: "{server}" is not a URL. Write wss://host or wss://host:port.':
    '--server："{server}" 不是 URL。请写作 wss://host 或 wss://host:port。',
  '--server: an address that begins with wss:// or ws:// is needed.': '--server：地址须以 wss:// 或 ws:// 开头。',
  'This gateway has a server already.': '该网关已有服务器。',
  'This gateway has no server yet.': '该网关尚无服务器。',
  'This disk is the one of the gateway {other}, not of {serial}.': '该磁盘属于网关 {other}，而非 {serial}。',
  'The file {name} of this gateway is damaged.': '该网关的文件 {name} 已损坏。',
  'The folder {folder} may be written by other users. Make it private first: chmod 700 {folder2}':
    '目录 {folder} 可被其他用户写入。请先设为私有：chmod 700 {folder2}',
  'The account has a password set by another program, in a scheme that cannot be checked here.':
    '该账号的密码由其他程序设置，其散列方式无法在此核对。',
  'That is not the name of a Linux account.': '这不是 Linux 账号的名称。',
  'This machine has no interface {name}, which "{member}" names. It has {names}.':
    '本机没有 "{member}" 所指的接口 {name}。本机的接口有 {names}。',
  'This machine cannot be a point of presence:': '本机无法作为接入点：',
  'This machine cannot carry the network of a gateway:': '本机无法承载网关的网络：',
  'The kernel has neither ESP nor {file}: modprobe esp4, or modprobe tun.':
    '内核既没有 ESP 也没有 {file}：请运行 modprobe esp4 或 modprobe tun。',
  'strongSwan, which carries the tunnels, is not installed or not whole: {command}':
    '承载隧道的 strongSwan 未安装或不完整：{command}',
  '- {programs} is not installed: {command}': '- 未安装 {programs}：{command}',
  '- {programs} are not installed: {command}': '- 未安装 {programs}：{command}',
  '- it does not have the right {names}: run it as root, or add them to CapabilityBoundingSet and AmbientCapabilities of its systemd unit':
    '- 没有权限 {names}：请以 root 运行，或将其加入 systemd 单元的 CapabilityBoundingSet 与 AmbientCapabilities',
  '- the kernel does not take {feature} ({said}): modprobe {module}, or a kernel with {option}':
    '- 内核不支持 {feature}（{said}）：请运行 modprobe {module}，或使用带 {option} 的内核',
  '- the kernel does not take {feature} ({said}): a kernel with {option}':
    '- 内核不支持 {feature}（{said}）：请使用带 {option} 的内核',
  'Nothing of a gateway is left in the network of this machine.': '本机网络中已没有网关留下的内容。',
  'Nothing of a point of presence is left in the network of this machine.': '本机网络中已没有接入点留下的内容。',
  // Other commands.
  'The point of presence has refused the logon.': '接入点拒绝了登录。',
  'A public key has 43 letters, digits, _ and -.': '公钥为 43 个字母、数字、_ 或 -。',
  'A head is a number, a colon and a hash.': '末端由数字、冒号与散列组成。',
  'The server does not answer within {seconds} seconds.': '服务器在 {seconds} 秒内没有应答。',
  '{path} is there already.': '{path} 已存在。',
  '{flag}: a whole number of at least {least} is needed.': '{flag}：需要不小于 {least} 的整数。',
  '--count: a whole number of at least 1 is needed.': '--count：需要不小于 1 的整数。',
  '--replay: <name>:<seed> is needed, where <name> is one of {names}. The last {n} names also work without a seed.':
    '--replay：须为 <name>:<seed>，其中 <name> 为 {names} 之一。最后 {n} 个名称也可不带种子。',
  'No server given. Give --server, or --chaos.': '未给出服务器。请给出 --server 或 --chaos。',
  'No gateways given. Give --gateways, --count, or a --folder that contains gateways.':
    '未给出网关。请给出 --gateways、--count 或含有网关的 --folder。',
  '{path}, line {n}: not a gateway with serial, model, version and enrolmentKey.':
    '{path} 第 {n} 行：不是含 serial、model、version 与 enrolmentKey 的网关。',
  'No selected gateway has a password older than --max-age.': '所选网关的密码都不旧于 --max-age。',
  '{path} has no password for {n} of the gateways ({serials}). Nothing was changed.':
    '{path} 中缺少 {n} 个网关的密码（{serials}）。未作任何修改。',
  '"{id}" is not a region.': '"{id}" 不是地域。',
  'It does not begin once.': '开头不止一处。',
  'It was written by another version of this program.': '由本程序的其他版本写成。',
  'It has more than one plan.': '有不止一个计划。',
  'Its plan is not whole.': '计划不完整。',
  'It speaks of a gateway that its plan does not have.': '提到了计划中没有的网关。',
  'It is empty.': '为空。',
  'A run ends that did not begin.': '有未开始的运行结束。',
  'It changes a gateway twice.': '对同一网关修改了两次。',
  'It takes a success back.': '撤回了已有的成功。',
  'Its last line is cut short.': '最后一行不完整。',
  'It does not begin with a rotation.': '其开头不是轮换。',
  'Its end is missing.': '缺少末尾。',
  'It is not whole.': '不完整。',
  'Line {n} of {path} is not an entry of a password history.': '{path} 的第 {n} 行不是密码历史的条目。',
  'The password of {serial} is missing from the file.': '文件中缺少 {serial} 的密码。',
  'Line {n} was not signed with this key, or was changed.': '第 {n} 行未用该密钥签名，或已被改动。',
  'Line {n} does not follow the line before it: lines were removed, added or moved.':
    '第 {n} 行与前一行不衔接：有行被删除、添加或移动。',
  'The --to-command command exited with {code}.': '--to-command 的命令以 {code} 退出。',
  'The --to-command command did not read all its input.': '--to-command 的命令没有读完输入。',
  'The simulated gateways are not up yet. Try again.': '模拟网关尚未就绪。请重试。',
  'The gateway {serial} has no power.': '网关 {serial} 已断电。',
}
