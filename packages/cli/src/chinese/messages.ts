/**
 * Messages to a person, by their English text. What is recorded in a journal or in evidence, or printed for programs, is not among
 * them: it is the same in each language.
 */
export const messages = {
  '{prompt}: no value was given.': '{prompt}：未给出取值。',
  '{path} is empty.': '{path} 为空。',
  'Interrupted.': '已中断。',
  'No key pair found. Set ALIBABA_CLOUD_ACCESS_KEY_ID, ALIBABA_CLOUD_ACCESS_KEY_SECRET and OPENSAG_ENDPOINT, or name a data folder with --data. {why}':
    '未找到密钥对。请设置 ALIBABA_CLOUD_ACCESS_KEY_ID、ALIBABA_CLOUD_ACCESS_KEY_SECRET 与 OPENSAG_ENDPOINT，或用 --data 指定数据目录。原因：{why}',
  '{path} {why}. Restore the file, or remove it: the next start of a sandbox makes another key pair.':
    '{path} 有误（{why}）。请恢复或删除该文件：沙箱下次启动时会另建密钥对。',
  'This data folder has no account.': '该数据目录没有账号。',
  'No server is running on this data folder ({socket}).': '没有服务器在该数据目录上运行（{socket}）。',
  '{name} is a secret, and every user of this machine can read command lines. Write {name}=@- and enter the value on standard input.':
    '{name} 属于机密，而本机的每个用户都能读到命令行。请写作 {name}=@-，并从标准输入给出取值。',
  'Each parameter has the form Name=value, for example SmartAGId=sag-….':
    '参数的格式为 Name=value，例如 SmartAGId=sag-…。',
  '{operation} has no parameter "{name}".{meant} With --force the call is sent as it is.':
    '{operation} 没有参数 "{name}"。{meant}加 --force 可原样发送该调用。',
  '--query: "{query}" is not a JMESPath expression. Write one such as SmartAccessGateways.SmartAccessGateway[].SmartAGId.':
    '--query："{query}" 不是 JMESPath 表达式。请写成如 SmartAccessGateways.SmartAccessGateway[].SmartAGId 的形式。',
  'The call was made; its whole answer is above. --query: "{query}" does not fit it: a function gets a value of another type.':
    '调用已完成，完整结果见上。--query："{query}" 与结果不符：函数得到了其他类型的值。',
  '<action> is missing: name an operation. "opensag call --help" lists them all.':
    '缺少 <action>：请写明操作名称，"opensag call --help" 列出全部操作。',
  'This program does not know the operation, and has no help about it.': '本程序不认识该操作，没有其帮助。',
  'Run "opensag call --help" for a list, or give --force to send the call as it is.':
    '运行 "opensag call --help" 查看列表，或加 --force 原样发送调用。',
  'There is no operation "{action}".{meant} {more}': '没有名为 "{action}" 的操作。{meant}{more}',
  'No gateway is selected. Nothing was changed.': '没有选中任何网关，未作任何修改。',
  '{flag}: a duration like 30s, 10m, 2h or 90d is needed.': '{flag}：需要如 30s、10m、2h 或 90d 的时长。',
  '--endpoint: use https://. Passwords are sent over http:// on this machine only.':
    '--endpoint：请使用 https://。仅在本机上才通过 http:// 发送密码。',
  '--endpoint: an address like https://sag.example.com is needed.':
    '--endpoint：需要如 https://sag.example.com 的地址。',
  '--endpoint: the address must not contain a user name or password.': '--endpoint：地址不得包含用户名或密码。',
  '{path} is not a private key.': '{path} 不是私钥。',
  '{path} is not an Ed25519 key.': '{path} 不是 Ed25519 密钥。',
  '{path} is not a public key.': '{path} 不是公钥。',
  '{path} is not valid evidence. {why}': '{path} 不是有效的证据。{why}',
  '{path} cannot be resumed: {why} Nothing was changed.': '{path} 无法继续：{why} 未作任何修改。',
  'The instances of {regionId} changed while they were being listed. Nothing was changed; try again.':
    '列出 {regionId} 的实例时其内容发生了变化。未作任何修改，请重试。',
  'This would print passwords to the terminal. Redirect the output, or add --show-passwords.':
    '密码会打印到终端。请重定向输出，或加 --show-passwords。',
  'The new passwords need a destination. Give --recipient, --to-command or --passwords.':
    '新密码需要去处。请给出 --recipient、--to-command 或 --passwords。',
  'A resumed rotation keeps its selection. For other gateways, begin a new rotation.':
    '继续的轮换沿用原有选择。其他网关请开始新的轮换。',
  'The rotation in {folder} ended before it changed anything. Begin a new one.':
    '{folder} 中的轮换在修改任何内容之前已结束。请开始新的轮换。',
  'This rotation belongs to {began}, not to {endpoint}.': '该轮换属于 {began}，而非 {endpoint}。',
  'Give --passwords exactly when the rotation began with --passwords.':
    '仅当轮换开始时给出了 --passwords，继续时才须给出。',
  'This rotation began with --to-command: give --to-command again.': '该轮换开始时给出了 --to-command，请再次给出。',
  'This rotation began with other recipients. Remove --recipient.':
    '该轮换开始时使用了其他接收者。请去掉 --recipient。',
  'Created a key that signs evidence: {path}. Give {path}.pub to whoever checks the evidence.':
    '已创建为证据签名的密钥：{path}。请将 {path}.pub 交给核验证据的人。',
  '{count} of the given passwords are among the last {last} of their gateways ({shown}). Nothing was changed.':
    '所给密码中有 {count} 个属于其网关最近 {last} 个密码（{shown}）。未作任何修改。',
  '--growth: a number from 1 to 1000 is needed.': '--growth：需要 1 至 1000 的数。',
  '--canary: at least 1 gateway is needed.': '--canary：至少需要 1 个网关。',
  'No gateways selected. Give --region, --ccn, --name, --instance, --from or --all.':
    '没有选择网关。请给出 --region、--ccn、--name、--instance、--from 或 --all。',
  '{path}: each line needs an instance id, optionally followed by a serial number. See line {lines}.':
    '{path}：每行须为实例 ID，其后可跟序列号。请检查第 {lines} 行。',
  '{path} lists no gateway.': '{path} 未列出网关。',
  '{path}: line {lines} repeats an earlier line and is ignored.': '{path}：第 {lines} 行与前面的行重复，已忽略。',
  '{flag}: a number like 5 or a percentage like 2% is needed.': '{flag}：需要如 5 的数或如 2% 的百分比。',
  '{flag}: a whole number from {least} to {most} is needed.': '{flag}：需要 {least} 至 {most} 的整数。',
  '--max-age needs an OpenSAG: this endpoint keeps no record of how old passwords are.':
    '--max-age 需要 OpenSAG：该接入点没有密码时间的记录。',
  '{folder} contains a rotation already. To resume it: {resume}': '{folder} 中已有轮换。继续它：{resume}',
  '{folder} contains no rotation. If a rotation ended before it wrote its journal, it changed nothing.':
    '{folder} 中没有轮换。写入日志之前结束的轮换未作任何修改。',
  '{action} in {regionId}: the endpoint does not answer ({why}).': '{regionId} 的 {action}：接入点没有应答（{why}）。',
  '--dry-run works only for a new rotation, not with --resume.': '--dry-run 仅用于新的轮换，不能与 --resume 同用。',
  '{why}. If the answer to a call is lost, its result is reported as unknown.':
    '{why}。调用的应答若丢失，其结果将报告为不明。',
  '--recipient: not an age recipient. A recipient begins with age1; an identity file contains it in a comment.':
    '--recipient：不是 age 接收者。接收者以 age1 开头，身份文件的注释中含有它。',
  '{path} contains no recipient.': '{path} 中没有接收者。',
  'The identity file contains a line that is not an age identity.': '身份文件中有一行不是 age 身份。',
  'This file contains no text encrypted with age.': '该文件中没有以 age 加密的内容。',
  'The file cannot be decrypted: it is encrypted for another recipient, or was changed.':
    '文件无法解密：它是为其他接收者加密的，或已被改动。',
  'Finished.': '已完成。',
  'Stopped: {failed} gateways failed, more than --max-failures allows.':
    '已停止：失败的网关有 {failed} 个，超过 --max-failures 的限度。',
  'Stopped: {why}': '已停止：{why}',
  'To resume: {resume}': '继续：{resume}',
  'To retry the others: {resume} --retry-failed': '重试其余网关：{resume} --retry-failed',
  'Passwords  {path}': '密码    {path}',
  'Evidence   {path}': '证据    {path}',
  'History    each new password differs from the last {history} of its gateway':
    '历史    每个新密码都不同于其网关最近 {history} 个密码',
  'Listing: {gateways} gateways.': '正在列出：{gateways} 个网关。',
  '{gateways} of {of} selected gateways have a password that is younger than --max-age and keep it.':
    '所选 {of} 个网关中有 {gateways} 个的密码新于 --max-age，予以保留。',
  'Listing {gateways}': '正在列出 {gateways}',
  Listing: '正在列出',
  'Wave {wave}': '第 {wave} 批',
  '{said} Run "{name} --help" to see how it is used.': '{said}运行 "{name} --help" 查看用法。',
  '{name} has no option {option}.{meant}': '{name} 没有选项 {option}。{meant}',
  '{name} has no command "{command}".{meant}': '{name} 没有命令 "{command}"。{meant}',
  '{what} is missing: {about}.': '缺少 {what}：{about}。',
  '{flag} needs a value: {value}.': '{flag} 需要取值：{value}。',
  '{place} must be one of {choices}, not "{value}".': '{place} 须为 {choices} 之一，而非 "{value}"。',
  '{place}: "{value}" is not valid. {why}': '{place}："{value}" 无效。{why}',
  ' Did you mean {guess}?': '您是否想输入 {guess}？',
  'it is needed': '必须给出',
  '{missing}\nNothing was changed. Use --skip-unknown to continue without them.':
    '{missing}\n未作任何修改。加 --skip-unknown 可忽略它们继续。',
  '1 gateway': '1 个网关',
  '{gateways} gateways': '{gateways} 个网关',
  'Wave {wave}: {size}. {counts}': '第 {wave} 批：{size}。{counts}',
  '{n} changed': '{n} 个已修改',
  '{n} kept': '{n} 个未改',
  '{n} offline': '{n} 个离线',
  '{n} unknown': '{n} 个结果不明',
  '{n} unsupported': '{n} 个不支持',
  '{n} pending': '{n} 个待处理',
  '{end} {counts}.': '{end}{counts}。',
  '\nEnded at once. To resume: {resume}\n': '\n已立即结束。继续：{resume}\n',
  'Finishing the calls under way. Press Ctrl-C again to end at once. You can resume in either case.':
    '正在完成进行中的调用。再次按 Ctrl-C 可立即结束。两种情况都可以继续。',
  'Give either --enterprise-code or --instance.': '请给出 --enterprise-code 或 --instance 之一。',
  'NoTunnel: no point of presence serves tunnels to this service.': 'NoTunnel：没有接入点为该服务提供隧道。',
  'The service has no tunnels: this is a session and an address only.': '该服务没有隧道：仅有会话与地址。',
  'Online as {user} at {instance}. Address: {address}': '已以 {user} 上线于 {instance}。地址：{address}',
  'The session has been ended by the server. Log on again.': '会话已被服务器结束。请重新登录。',
  'The tunnel has ended: {why}': '隧道已结束：{why}',
  'Logged off.': '已退出登录。',
  'DNS servers: {servers}': 'DNS 服务器：{servers}',
  'They could not be set on this machine: {why}': '无法在本机设置：{why}',
  'The server cannot be reached; trying again.': '无法连接服务器，正在重试。',
  'The server cannot be reached: {why}': '无法连接服务器：{why}',
  '--server: an address like https://sag.example.com is needed.': '--server：需要如 https://sag.example.com 的地址。',
  '--server: use https://. Passwords are sent over http:// on this machine only.':
    '--server：请使用 https://。仅在本机上才通过 http:// 发送密码。',
  '--network and --apply-command both apply the configuration: give one of them.':
    '--network 与 --apply-command 都会应用配置：请只给出其一。',
  '--console-cert and --console-key need --console.': '--console-cert 与 --console-key 需要 --console。',
  '--console-cert and --console-key must be given together.': '--console-cert 与 --console-key 须同时给出。',
  '--console-cert and --console-key do not go together: {why}.': '--console-cert 与 --console-key 不匹配：{why}。',
  '--firmware: a version has four numbers, e.g. 2.3.1.1.': '--firmware：版本由四段数字组成，例如 2.3.1.1。',
  '--console: "{text}" is not host:port.': '--console："{text}" 不是 host:port。',
  'Give either --from FOLDER or --mark-only.': '请给出 --from FOLDER 或 --mark-only 之一。',
  '--replace and --master-key need --from.': '--replace 与 --master-key 需要 --from。',
  '--replace moves a data folder aside. A database has to be empty: make a new one.':
    '--replace 用于移开数据目录。数据库须为空：请新建一个。',
  '--keep-key needs --deactivate-keys.': '--keep-key 需要 --deactivate-keys。',
  'Give a whole number of seconds from 0 to {most}.': '请给出 0 至 {most} 的整数秒数。',
  'Give --master-key or --without-master-key, not both.': '--master-key 与 --without-master-key 只能给出其一。',
  'Give {flag} or {flag}-file.': '请给出 {flag} 或 {flag}-file。',
  '--serial: a serial number is 4 to 64 letters, digits and hyphens.':
    '--serial：序列号为 4 至 64 个字母、数字或连字符。',
  '--ca: {path} does not contain a PEM certificate.': '--ca：{path} 中没有 PEM 证书。',
  'Set OPENSAG_DATABASE or OPENSAG_DATABASE_FILE, not both.':
    'OPENSAG_DATABASE 与 OPENSAG_DATABASE_FILE 只能设置其一。',
  '{flag} is not the URL of a PostgreSQL database.': '{flag} 不是 PostgreSQL 数据库的 URL。',
  'Give --master-key-passphrase-file or --master-key-passphrase-command, not both.':
    '--master-key-passphrase-file 与 --master-key-passphrase-command 只能给出其一。',
  'The passphrase command printed nothing.': '打印口令的命令没有输出。',
  ' or ': '或',
  ' It has {names}.': '它有：{names}。',
  none: '无',
  'Note: {text}': '提示：{text}',
  'Enrolment key': '注册密钥',
  '--enrolment-key-file: {path} does not exist. An enrolled gateway needs no enrolment key: remove this option.':
    '--enrolment-key-file：{path} 不存在。已注册的网关不需要注册密钥：请去掉该选项。',
  'Password of {user}': '{user} 的密码',
  '{prompt}: ': '{prompt}：',
  'These do not exist or have no gateway:\n{list}': '以下实例或网关不存在：\n{list}',
  'key {id}': '密钥 {id}',
  'was cut off': '中途中断',
  'until {at}: {end}': '至 {at}：{end}',
  'Run {run} by {who}, {at} {how}': '第 {run} 次运行，{who}，{at} {how}',
  'Valid. {counts}.': '有效。{counts}。',
  'Rotation {rotation} of {selection} at {endpoint}, begun {began}':
    '轮换 {rotation}，选择 {selection}，接入点 {endpoint}，开始于 {began}',
  'no argument': '参数为零个',
  'one argument': '参数为一个',
  '{n} arguments': '参数为 {n} 个',
  '{name} takes {takes}; 1 was given.': '{name} 的{takes}，而给出了 1 个。',
  '{name} takes {takes}; {got} were given.': '{name} 的{takes}，而给出了 {got} 个。',
  'Examples:': '示例：',
  'Exit codes: 0 every selected gateway has its new password; 1 some gateways do not, or the run failed; 2 wrong usage.':
    '退出码：0 每个选定的网关都已有新密码；1 有网关没有，或运行失败；2 用法有误。',
  'Operations:': '操作：',
  'To use it:': '使用方法：',
  '(none)': '（无）',
  'With --chaos:\n  Simulates password and configuration changes: server nodes, the store, gateways and their disks, links, clocks, API\n  callers and operators, all driven by one seed. The state machines are the ones that server and agent run. Messages are\n  lost, repeated, delayed and reordered; programs are killed and power is cut at any instant; the store and disks fail;\n  clocks jump; gateways are cloned, rolled back and replaced. The promises of docs/password-protocol.md are checked\n  after every event.':
    '使用 --chaos 时：\n  仿真密码与配置的变更：服务器节点、存储、网关及其磁盘、链路、时钟、API 调用方与运维者，全部由一个种子驱动。\n  所用状态机与服务器和代理程序的相同。消息会丢失、重复、延迟与乱序；程序会被杀死，任何时刻都可能断电；\n  存储与磁盘会出错；时钟会跳变；网关会被克隆、回退与更换。每个事件之后都检查\n  docs/password-protocol.md 的各项承诺。',
  '  With --glue, the real code around those machines runs too, with a real SQLite store and simulated time. It runs about\n  ten to twenty schedules per second and thread; without --glue about a thousand.':
    '  加 --glue 时，状态机外围的真实代码也会运行，使用真实的 SQLite 存储与模拟的时间。每个线程每秒约运行\n  十至二十个调度；不加 --glue 约为一千个。',
  '  With --nodes, two or three server nodes run that code, with one store and one bus between them. Nodes freeze and wake;\n  they are cut off from the bus, from the store or from both; the store fails over; gateways move to another node.':
    '  加 --nodes 时，由两三个服务器节点运行该代码，共用存储与总线。节点会冻结与恢复；会与总线、存储或两者断开；\n  存储会切换；网关会转到其他节点。',
  '  Exit code 0 when every promise was kept. Otherwise prints a trace of the smallest schedule that breaks a promise, and\n  exits with 1.':
    '  每项承诺都守住时退出码为 0；否则打印违反承诺的最小调度的轨迹，并以 1 退出。',
  '  The corpus holds the schedules that once broke a promise. About one schedule in ten is a neighbour of a corpus entry:\n  the same schedule with a few events changed. Replay a corpus entry by its name, a neighbour by name and seed:':
    '  语料收录曾违反承诺的调度。约十分之一的调度是语料条目的邻居：同一调度改动少数事件。\n  语料条目按名称重放，邻居按名称与种子重放：',
  'Needs the RAM action {action}.': '需要 RAM 操作权限 {action}。',
  'Usage: {line}': '用法：{line}',
  'Parameters (* required):': '参数（* 必填）：',
  'Parameters:': '参数：',
  'Errors, in the order they are checked (besides those that any call can get):':
    '错误码，按检查的先后排列（任何调用都可能得到的除外）：',
  'Example:': '示例：',
  'secret: write {name}=@- and type the value, or pipe it in': '机密：写作 {name}=@-，然后键入或由管道给出',
  'list of {type}: {name}.1, {name}.2, …': '{type} 的列表：{name}.1、{name}.2、…',
  'One of {values}.': '可选值：{values}。',
  'From {least} to {most}.': '从 {least} 到 {most}。',
  '{least} to {most} characters.': '{least} 至 {most} 个字符。',
  'Default: {value}.': '默认值：{value}。',
  'For example {value}.': '例如 {value}。',
  'Cause: {cause}\nWhat to do: {cure}': '原因：{cause}\n处理：{cure}',
  'A list of calls has one a line, as for "opensag call". "keep" names a part of the answer above it:':
    '调用列表每行一个调用，写法同 "opensag call"。"keep" 为其上方应答的一部分命名：',
  'Exit codes of compare: 0 no difference; 1 answers differ, or the run failed; 2 wrong usage.':
    'compare 的退出码：0 没有差异；1 应答有差异，或运行失败；2 用法有误。',
} as const
