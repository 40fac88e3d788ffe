/** Help of the commands apart from `operator` and `rotate`, by its English text. */
export const commandHelp = {
  'OpenSAG: a self-hosted Smart Access Gateway that speaks the SmartAG API.':
    'OpenSAG：兼容 SmartAG API 的自建智能接入网关。',
  'output the version number': '显示版本号',
  'display help for command': '显示命令的帮助',
  // The commands.
  'Run a server with a small simulated fleet, for trying out and testing.':
    '运行带少量模拟网关的服务器，供试用与测试。',
  'Run the server: the API, the channel to the gateways and the operator socket.':
    '运行服务器：API、网关通道与运维套接字。',
  'Run the gateway program: connect to the server, apply password and configuration changes, serve the local console.':
    '运行代理程序：连接服务器、应用密码与配置变更、提供本地控制台。',
  'Run a point of presence: end the tunnels of gateways and route between the members of their networks.':
    '运行接入点：终结网关的隧道，并在其网络成员之间转发。',
  'Run many simulated gateways in one process, or with --chaos test the protocol in a simulation.':
    '在一个进程中运行大量模拟网关，或用 --chaos 在仿真中测试协议。',
  'Manage what the API does not offer: inventory, orders, accounts, audit, sandbox. Connects to the server that runs on the data folder.':
    '管理 API 未提供的内容：库存、订单、账号、审计、沙箱。连接在数据目录上运行的服务器。',
  'Call one API operation, signed with the key pair from the environment or the data folder.':
    '调用一个 API 操作，以环境变量或数据目录中的密钥对签名。',
  'Log on to remote access (a SAG APP instance) as a client user.': '以客户端用户身份登录远程接入（SAG APP 实例）。',
  'Set a new, different administrator password on every selected gateway, in waves, through the public API.':
    '通过公开的 API，分批为每个选定的网关设置各不相同的新管理员密码。',
  'Back up the database of a server, wherever it is. A running server keeps serving during the backup.':
    '备份服务器的数据库，无论其位于何处。运行中的服务器在备份期间继续服务。',
  'Restore a data folder or an empty database from a backup and report what was restored. Stop the server first.':
    '从备份恢复数据目录或空数据库，并报告所恢复的内容。请先停止服务器。',
  'Check that a backup is whole and can be restored, without restoring it.': '检查备份是否完整且可恢复，不作实际恢复。',
  'Copy everything between a data folder and a PostgreSQL database.':
    '在数据目录与 PostgreSQL 数据库之间复制全部数据。',
  'Verify an exported audit trail, or forward that of a server to syslog or a webhook.':
    '核验导出的审计记录，或将服务器的审计记录转发到 syslog 或 webhook。',
  'Exit with 0 when the server on this data folder can do what calls ask of it, with 1 and why when not. For probes.':
    '数据目录上的服务器能够处理调用时以 0 退出，否则说明原因并以 1 退出。供探针使用。',
  'Check the configuration.': '检查配置。',
  'Print a script that completes commands, options and parameters in a shell.':
    '打印 shell 补全脚本，可补全命令、选项与参数。',
  // Options of several.
  'JSON file with settings (OPENSAG_CONFIG; default ./opensag.json if it exists).':
    '存放设置的 JSON 文件（OPENSAG_CONFIG；默认为存在的 ./opensag.json）。',
  'Print the answer as JSON': '以 JSON 打印结果',
  'Data folder of the server': '服务器的数据目录',
  'Data folder with credentials.json': '含有 credentials.json 的数据目录',
  'Log level': '日志级别',
  'Certificate (PEM) of the private authority that signed the server certificate':
    '为服务器签发证书的私有 CA 的证书（PEM）',
  'File that contains the passphrase of a wrapped master.key': '存放已封装 master.key 的口令的文件',
  'Shell command that prints it': '打印该口令的 shell 命令',
  'File that contains the URL of --database, with its password. Only its owner may read it':
    '存放 --database 的 URL（含密码）的文件，只允许其所有者读取',
  // agent, pop
  'Server URL, e.g. wss://sag.example.com': '服务器 URL，例如 wss://sag.example.com',
  'Serial number of this gateway in the inventory': '本网关在库存中的序列号',
  'File that contains the enrolment key, or - to type it or read it from standard input; required until the gateway has enrolled':
    '存放注册密钥的文件；- 表示键入或从标准输入读取。网关注册之前必须给出',
  'Model shown at the local console': '本地控制台显示的型号',
  'Firmware version reported to the server, four numbers': '上报给服务器的固件版本，由四段数字组成',
  'Folder for the keys and settings of this gateway': '存放本网关密钥与设置的目录',
  'Change the password of this Linux account (needs root); without it the password hash is kept in the data folder':
    '修改该 Linux 账号的密码（需要 root）；未给出时密码散列保存在数据目录中',
  'Serve the local console on this address, e.g. 192.168.0.1:80': '在该地址上提供本地控制台，例如 192.168.0.1:80',
  'Certificate chain (PEM) for the local console; needs --console-key': '本地控制台的证书链（PEM），需要 --console-key',
  'Private key (PEM) of that certificate; needs --console-cert': '该证书的私钥（PEM），需要 --console-cert',
  'Carry the traffic of the branch: JSON file that names the interfaces, {"lan": "eth1", "wan": "eth0"} (needs root; OPENSAG_AGENT_NETWORK)':
    '承载分支的流量：指明接口的 JSON 文件，{"lan": "eth1", "wan": "eth0"}（需要 root；OPENSAG_AGENT_NETWORK）',
  'Take away everything that --network has made in the network of this machine, and end':
    '撤除 --network 在本机网络中所建的一切，然后结束',
  'Program and arguments that apply a configuration, given as JSON on standard input; without it the configuration is only stored':
    '应用配置的程序及参数，配置以 JSON 从标准输入给出；未设置时仅保存配置',
  'Program and arguments that reboot this machine; without it the gateway refuses to reboot':
    '重启本机的程序及参数；未设置时网关拒绝重启',
  'Program and arguments that upgrade and restart this machine, given the firmware version as its last argument; without it the gateway refuses to upgrade':
    '升级并重启本机的程序及参数，末尾参数为固件版本；未设置时网关拒绝升级',
  'Show what the agent that runs on this machine says of itself: connection, configuration, lock, tunnels, traffic, routes, leases.':
    '显示本机运行的代理程序的状态：连接、配置、锁定、隧道、流量、路由、租约。',
  'Data folder of the agent': '代理程序的数据目录',
  'Print JSON': '打印 JSON',
  'Print as JSON': '以 JSON 打印',
  'Exit with 0 when the agent that runs on this machine is connected to its server, with 1 when not.':
    '本机的代理程序已连接服务器时以 0 退出，否则以 1 退出。',
  'Serial number of this point of presence in the inventory': '本接入点在库存中的序列号',
  'JSON file that names the interface to the Internet, {"wan": "eth0"}, and those to networks of the cloud':
    '指明互联网接口 {"wan": "eth0"} 及云上网络接口的 JSON 文件',
  'File that contains the enrolment key, or - to type it or read it from standard input; required until it has enrolled':
    '存放注册密钥的文件；- 表示键入或从标准输入读取。注册之前必须给出',
  'Folder for the keys of this point of presence': '存放本接入点密钥的目录',
  'Take everything away that a point of presence has made in the network of this machine, and end':
    '撤除接入点在本机网络中所建的一切，然后结束',
  // simulate
  'Server URL, e.g. ws://127.0.0.1:7240 or wss://sag.example.com':
    '服务器 URL，例如 ws://127.0.0.1:7240 或 wss://sag.example.com',
  'File with one JSON line per gateway: serial, model, version, enrolmentKey':
    '每行以 JSON 描述一个网关的文件：serial、model、version、enrolmentKey',
  'Number of new gateways to add to the inventory of the server that runs on --data':
    '要加入 --data 上所运行服务器的库存的新网关数',
  'Data folder of that server': '该服务器的数据目录',
  'Model of the new gateways': '新网关的型号',
  'Firmware version of the new gateways': '新网关的固件版本',
  'First part of the serial numbers of the new gateways': '新网关序列号的前缀',
  'Folder for the disks of the gateways; without it the disks are in memory':
    '存放网关磁盘的目录；未给出时磁盘位于内存',
  'Serve the local console of each gateway on a port of 127.0.0.1': '在 127.0.0.1 的端口上提供每个网关的本地控制台',
  'fatal, error, warn, info, debug or trace': 'fatal、error、warn、info、debug 或 trace',
  'Test the protocol in a simulation with every kind of fault; runs no gateways':
    '在含各类故障的仿真中测试协议，不运行网关',
  'With --chaos: random seed; the same seed gives the same schedules':
    '与 --chaos 同用：随机种子，相同种子产生相同的调度',
  'With --chaos: number of schedules': '与 --chaos 同用：调度的数量',
  'With --chaos: number of threads': '与 --chaos 同用：线程数',
  'With --chaos: run for this many minutes instead of a number of schedules':
    '与 --chaos 同用：按分钟数运行，代替调度数量',
  'With --chaos: also run the code around the state machines': '与 --chaos 同用：同时运行状态机外围的代码',
  'With --chaos: run that code on several server nodes with one store and one bus':
    '与 --chaos 同用：在共用存储与总线的多个服务器节点上运行该代码',
  'With --chaos: replay <subject>:<seed> or a corpus entry, and print a trace':
    '与 --chaos 同用：重放 <subject>:<seed> 或语料条目，并打印轨迹',
  // sandbox
  'Print one JSON line when ready, for programs: endpoint, region, key file, gateways':
    '就绪时打印一行 JSON，供程序读取：接入地址、地域、密钥文件、网关',
  'Stop when standard input ends, as it does when the program that started this one ends':
    '标准输入结束时停止，启动本程序的程序结束时即如此',
  // call
  'Name of the operation, e.g. DescribeSmartAccessGateways': '操作名称，例如 DescribeSmartAccessGateways',
  'Parameters as Name=value; Name=@- prompts for a secret or reads it from standard input':
    '参数，格式为 Name=value；Name=@- 表示键入机密或从标准输入读取',
  'Form of the answer': '结果的格式',
  'JMESPath expression; only what it selects of the answer is printed': 'JMESPath 表达式，仅打印其从结果中选出的内容',
  'Send the call even if this program does not know the operation or a parameter':
    '即使本程序不认识该操作或参数也发送调用',
  'Print this help; after the name of an operation, its parameters and errors':
    '显示本帮助；位于操作名称之后时显示其参数与错误码',
  // parity
  'Record how the real service answers a list of calls, and compare how an OpenSAG answers them.':
    '录制真实服务对一组调用的应答，并比较 OpenSAG 对同样调用的应答。',
  'Make the calls of a list at the real service and write its answers to a file, without secrets.':
    '向真实服务发出列表中的调用，并将应答写入文件（不含机密）。',
  'File with the calls, one a line': '列有调用的文件，每行一个',
  'File to write; it must not exist': '要写出的文件，不得已存在',
  'Region of the calls (default: that of --credentials, or cn-shanghai)':
    '调用的地域（默认：--credentials 的地域，或 cn-shanghai）',
  'API address; {region} is replaced by the region id (default: that of --credentials, or the public one)':
    'API 地址，{region} 会替换为地域 ID（默认：--credentials 的地址，或公共地址）',
  'JSON file with accessKeyId, accessKeySecret, accountId, regionId and endpoint (default: ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET)':
    '含 accessKeyId、accessKeySecret、accountId、regionId 与 endpoint 的 JSON 文件（默认：ALIBABA_CLOUD_ACCESS_KEY_ID 与 ALIBABA_CLOUD_ACCESS_KEY_SECRET）',
  'Make the calls of a recording at an OpenSAG and print every difference.':
    '向 OpenSAG 发出录制中的调用，并打印每处差异。',
  'File of "opensag parity record"': '"opensag parity record" 的文件',
  'API address of the OpenSAG (default: that of the key pair)': 'OpenSAG 的 API 地址（默认：密钥对中的地址）',
  'Print the differences as JSON': '以 JSON 打印差异',
  'Also make calls that change something or cost money': '同时发出会修改内容或产生费用的调用',
  'Do not ask before calls that change something': '发出会修改内容的调用之前不作询问',
  'Maximum calls per second': '每秒的最大调用数',
  'Maximum attempts of a call that is throttled, or of a read without an answer':
    '被限流的调用或没有应答的读取的最多尝试次数',
  'Maximum time to wait for an answer': '等待应答的最长时间',
  'Maximum time for all calls': '全部调用的最长时间',
  // app
  'Log on and stay online until interrupted, with a tunnel by the program openvpn (needs root). Prompts for the password, or reads it from standard input.':
    '登录并保持在线直至中断，隧道由 openvpn 程序建立（需要 root）。密码由键入或从标准输入读取。',
  'Server URL, e.g. https://sag.example.com': '服务器 URL，例如 https://sag.example.com',
  'Enterprise code of the company': '企业代码',
  'Id of the SAG APP instance, instead of an enterprise code': 'SAG APP 实例的 ID，代替企业代码',
  'User name of the client account': '客户端账号的用户名',
  'Name of this machine in the connection audit': '本机在连接审计中的名称',
  'Take a session and an address only': '仅获取会话与地址',
  'Write a profile (.ovpn) for OpenVPN, Tunnelblick or OpenVPN Connect. It contains no password. Prompts for the password, or reads it from standard input.':
    '为 OpenVPN、Tunnelblick 或 OpenVPN Connect 写出配置文件（.ovpn），其中不含密码。密码由键入或从标准输入读取。',
  'File to write; must not exist (default: standard output)': '要写出的文件，不得已存在（默认：标准输出）',
  // backup, restore, verify, store
  'PostgreSQL database to read directly, whether or not servers run on it; the master key is that of --data. Without its password (OPENSAG_DATABASE may contain it)':
    '直接读取的 PostgreSQL 数据库，无论是否有服务器在其上运行；主密钥取自 --data。URL 不含密码（OPENSAG_DATABASE 可以含有）',
  'Folder to create for the backup. It must not exist yet; its parent folder must exist':
    '为备份新建的目录，不得已存在，其上级目录须存在',
  'Leave master.key out of the backup. A restore needs that file: keep it elsewhere':
    '备份不含 master.key。恢复时需要该文件，请另行保管',
  'Print the manifest as JSON': '以 JSON 打印清单',
  'Print the manifest and what was checked as JSON': '以 JSON 打印清单与检查项',
  'Empty PostgreSQL database to restore into instead of a data folder; master.key goes into --data. With --mark-only: the database to mark, while all its servers are stopped. Without its password (OPENSAG_DATABASE may contain it)':
    '恢复到其中的空 PostgreSQL 数据库，代替数据目录；master.key 写入 --data。与 --mark-only 同用时为要标记的数据库，其所有服务器须已停止。URL 不含密码（OPENSAG_DATABASE 可以含有）',
  'Backup folder made by `opensag backup`': '由 `opensag backup` 生成的备份目录',
  'Data folder to create': '要创建的数据目录',
  'Move an existing data folder aside first; prints its new path': '先将现有数据目录移开，并打印其新路径',
  'The master.key file, if the backup does not contain it': '备份不含 master.key 时，指定该文件',
  'Only mark the data folder as restored; use it after restoring by other means':
    '仅将数据目录标记为已恢复，用于以其他方式恢复之后',
  'Also refuse signatures dated up to this many seconds after the restore, 0 to 900':
    '同时拒绝时间比恢复时刻晚、至多相差这么多秒的签名，0 至 900',
  'Deactivate every access key except those given with --keep-key': '停用除 --keep-key 所列之外的所有 AccessKey',
  'Ids of access keys that stay active': '保持有效的 AccessKey ID',
  'Check only what needs no key: the files and the database': '仅检查不需要密钥的部分：文件与数据库',
  'Copy everything from a data folder or PostgreSQL database into an empty one, and compare both. Run it again after an interruption: it goes on.':
    '将数据目录或 PostgreSQL 数据库的全部数据复制到空的一方并比对。中断后再次运行即可继续。',
  'Data folder of a stopped server, or URL of a database without its password':
    '已停止服务器的数据目录，或不含密码的数据库 URL',
  'File that contains the URL of --from, with its password. Only its owner may read it':
    '存放 --from 的 URL（含密码）的文件，只允许其所有者读取',
  'Data folder or URL of a database without its password: empty, or not there yet':
    '数据目录或不含密码的数据库 URL：须为空或尚不存在',
  'File that contains the URL of --to, with its password. Only its owner may read it':
    '存放 --to 的 URL（含密码）的文件，只允许其所有者读取',
  'Print rows and checksum of each table as JSON': '以 JSON 打印各表的行数与校验和',
  // audit, config, completion
  'Check that a file of `opensag operator audit export --sealed` is what the server sealed.':
    '检查 `opensag operator audit export --sealed` 的文件是否与服务器封印时一致。',
  'The exported trail; - reads standard input': '导出的审计记录；- 表示读取标准输入',
  'Public key of the server, as `opensag operator audit verify` prints it':
    '服务器的公钥，由 `opensag operator audit verify` 打印',
  'A head printed earlier, which the trail must still contain': '先前打印的头部，审计记录必须仍包含它',
  'Send each entry of the audit trail of a running server to a syslog receiver or a webhook, until interrupted.':
    '将运行中服务器的每条审计记录发送到 syslog 接收端或 webhook，直至中断。',
  'syslogs://host:6514 (TLS), https://…, or of this machine syslog:// and http://; @file reads it from a file':
    'syslogs://host:6514（TLS）、https://…，本机可用 syslog:// 与 http://；@file 表示从文件读取',
  'Folder for the number of the last entry delivered; one for each target':
    '记录最后送达条目编号的目录，每个目标各用一个',
  'File with the key that signs the requests of a webhook': '为 webhook 请求签名的密钥文件',
  'File with a bearer token for a webhook': '存放 webhook 的 bearer 令牌的文件',
  'Certificate (PEM) of the authority of the receiver; default: those Node trusts':
    '接收端 CA 的证书（PEM），默认为 Node 所信任的证书',
  'Certificate (PEM) shown to the receiver': '向接收端出示的证书（PEM）',
  'Key (PEM) of --tls-cert': '--tls-cert 的密钥（PEM）',
  'Maximum time for one delivery': '单次投递的最长时间',
  'Check the settings of `opensag server`: show each value and its source, and everything a start would refuse.':
    '检查 `opensag server` 的设置：显示每项的值与来源，以及启动时会被拒绝的一切。',
  'The shell': 'shell 名称',
  'Print the help of a command': '显示某个命令的帮助',
  'Print help': '显示帮助',
  // Defaults.
  'sim and the time': 'sim 加当前时间',
  'one for each processor': '每个处理器一个',
} as const
