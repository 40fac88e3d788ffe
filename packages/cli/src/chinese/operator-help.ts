/** Help of `opensag operator`, by its English text. */
export const operatorHelp = {
  // Behind others.
  'Sandbox only.': '仅限沙箱。',
  'Add a gateway that is ready for use.': '添加可直接使用的网关。',
  'Add a gateway that is ready for use: an instance that is paid, arrived and activated, with its CIDR block and a device bound to it. Prints once the command that enrols the gateway.':
    '添加可直接使用的网关：创建已付款、已到货、已激活的实例，设置其网段并绑定设备。注册网关的命令只打印一次。',
  'Data folder of the server': '服务器的数据目录',
  'Print the answer as JSON': '以 JSON 打印结果',
  'Name of the instance': '实例名称',
  Model: '型号',
  'CIDR block of the network behind the gateway; may be repeated': '网关后方网络的网段，可重复给出',
  'Serial number; unique in the whole system (default: a new one)': '序列号，全系统唯一（默认：新生成）',
  'Firmware version of the gateway (default: that of the model)': '网关的固件版本（默认：该型号的版本）',
  'Id of the cloud connect network (ccn-…) that the instance joins': '实例加入的云连接网 ID（ccn-…）',
  'Account that owns the instance (default: the only one)': '实例所属账号（默认：唯一的账号）',
  'Region (default: that of the server)': '地域（默认：服务器的地域）',
  'URL at which the gateway reaches this server (default: --public-url of the server, else the address that it listens on)':
    '网关访问本服务器的 URL（默认：服务器的 --public-url，否则为其监听地址）',
  'Printed command: file on the gateway with the private authority of the certificate of the server':
    '所打印的命令：网关上存放服务器证书私有 CA 的文件',
  'Printed command: Linux account whose password the server sets': '所打印的命令：由服务器设置密码的 Linux 账号',
  'Printed command: address at which the gateway serves its local console': '所打印的命令：网关本地控制台的监听地址',
  'Manage the devices in the inventory.': '管理库存中的设备。',
  'List every device in the inventory: its instance, whether it is online, whether its administrator password was ever changed, the address of its local console.':
    '列出库存中的所有设备：所属实例、是否在线、管理员密码是否修改过、本地控制台地址。',
  'Only gateways whose administrator password was never set or changed since they enrolled':
    '仅列出注册后从未设置或修改管理员密码的网关',
  'Show a device and its network: the tunnels it should have and which of them it says are up, what it has learnt in its branch, leases, traffic, and whether it has the addresses of the branch as one of a pair.':
    '显示设备及其网络：应有的隧道及设备报告已建立的隧道、在分支内学到的路由、地址租约、流量，以及作为双机之一时是否持有分支地址。',
  'Serial number': '序列号',
  'Show how many bytes a device received and sent through its tunnels: the last hour by the minute, or the last day by the quarter of an hour. An interval that it has told nothing of is left out.':
    '显示设备经隧道收发的字节数：最近一小时按分钟，或最近一天按每刻钟。设备未上报的时段不列出。',
  'The last day, in place of the last hour': '显示最近一天，而非最近一小时',
  'Add a device to the inventory. Its enrolment key is shown once.': '将设备加入库存。注册密钥只显示一次。',
  'Serial number; unique in the whole system': '序列号，全系统唯一',
  'Firmware version until the gateway reports one': '网关上报之前采用的固件版本',
  'The physical reset button is disabled': '停用物理复位键',
  'Sandbox: do not simulate this gateway; a real one will enrol': '沙箱：不模拟该网关，由真实网关注册',
  'Change the inventory entry of a device, or (sandbox) the local settings of a simulated gateway.':
    '修改设备的库存记录，或（沙箱中）模拟网关的本地设置。',
  'Firmware version; a simulated gateway then runs it': '固件版本，模拟网关随即运行该版本',
  'Sandbox: a change at the local console, as name=value': '沙箱：在本地控制台所做的修改，格式为 name=value',
  'Remove the identity a device enrolled with and create a new enrolment key, shown once.':
    '删除设备注册所用的身份，并生成新的注册密钥（只显示一次）。',
  'After a restore from a backup: accept the next connection of a device whatever its ticket, with the keys it enrolled with.':
    '从备份恢复之后：只要使用注册时的密钥，无论票据如何都接受设备的下一次连接。',
  'Every enrolled device that is offline': '所有已注册但离线的设备',
  'After the server was rolled back and accepted a later administrator password from a gateway (ServerRolledBack): return that gateway to the password this server knew.':
    '服务器回退后接受了网关上较新的管理员密码时（ServerRolledBack）：让该网关恢复为本服务器所知的密码。',
  'Power a simulated gateway on or off.': '为模拟网关开机或关机。',
  'Show what a device probes and what it found last: health checks, and the last minute of each probe task.':
    '显示设备的探测对象及最近的结果：健康检查，以及每个拨测任务最近一分钟的结果。',
  'Let a machine answer the probes of a simulated gateway, or not.': '让某台主机应答或不应答模拟网关的探测。',
  'on or off': 'on 或 off',
  'Address or name that is probed': '被探测的地址或域名',
  'answers or silent': 'answers 或 silent',
  'Show what a Linux machine in the place of a simulated gateway would hand to nftables, ip, strongSwan, tc, BIRD, dnsmasq and keepalived for the configuration it holds.':
    '显示 Linux 主机若代替模拟网关，会依其配置交给 nftables、ip、strongSwan、tc、BIRD、dnsmasq 与 keepalived 的内容。',
  'List the events of a device: online, offline, a second device with its identity (DeviceHacked), its disk rolled back (DeviceRolledBack), this server rolled back (ServerRolledBack).':
    '列出设备事件：上线、离线、另一台设备使用其身份（DeviceHacked）、磁盘回退（DeviceRolledBack）、服务器回退（ServerRolledBack）。',
  'How many, newest first': '条数，从最新的开始',
  'Have many gateways enrol anew, with new keys.': '让大量网关以新密钥重新注册。',
  'Make a key to enrol anew with for each of many gateways, and write them to a file that only its owner can read. The present identity of a gateway counts until it has enrolled anew. Run it again to complete a file that was cut short: keys that have not served or expired stay the same.':
    '为大量网关各生成一个重新注册的密钥，并写入仅所有者可读的文件。网关重新注册之前，现有身份仍有效。文件中断时再次运行即可补全：未使用且未过期的密钥保持不变。',
  'New file for the answer, one JSON text a line; only its owner can read it':
    '写入结果的新文件，每行一条 JSON，仅所有者可读',
  'Every enrolled gateway': '所有已注册的网关',
  'Every enrolled gateway that is not connected': '所有已注册但未连接的网关',
  'These gateways, by serial number': '按序列号指定的网关',
  'Days after which an unused key expires': '未使用的密钥在多少天后过期',
  'Show how many gateways have a key to enrol anew with that has not served, has expired, or has served.':
    '显示各有多少网关的重新注册密钥尚未使用、已过期或已使用。',
  'Manage the firmware versions that are offered.': '管理可供升级的固件版本。',
  'Offer a firmware version for a model, so that gateways can be upgraded to it.': '为某型号提供固件版本，供网关升级。',
  'Firmware version, four parts': '固件版本，由四段数字组成',
  'Name of the version (default: model and version)': '版本名称（默认：型号与版本号）',
  'Mark as a beta, not a release': '标记为测试版而非正式版',
  'List the firmware versions that are offered.': '列出可供升级的固件版本。',
  'Move orders forward: pay, ship, arrive, return.': '推进订单：付款、发货、到货、退货。',
  'Show what was ordered, what the buyer wrote, and where it is to be sent.': '显示订购内容、买家留言与收货地址。',
  'Instance id (sag-…) or order id': '实例 ID（sag-…）或订单 ID',
  'Mark an order as paid.': '将订单标记为已付款。',
  'Ship a paid order. The shipped devices are bound to the instance.': '为已付款的订单发货，所发设备绑定到实例。',
  'Serial numbers of the shipped devices': '所发设备的序列号',
  'Mark a shipped order as arrived.': '将已发货的订单标记为已到货。',
  'Mark delivered hardware as being returned.': '将已交付的硬件标记为退货中。',
  'Change the billing state of an instance.': '修改实例的计费状态。',
  'Extend a subscription and mark its overdue bill as paid. An instance that nobody sold runs without an end again.':
    '续订，并将欠费账单标记为已付。并非售出的实例恢复为不限期运行。',
  'Instance id (sag-…)': '实例 ID（sag-…）',
  'Calendar months': '月数',
  'End a subscription now.': '立即终止订阅。',
  'Mark a bill of the instance as unpaid, or with --settled as paid.':
    '将实例的账单标记为未付；加 --settled 则标记为已付。',
  'Mark the bill as paid': '将账单标记为已付',
  'Show or advance the business clock of a sandbox.': '显示或拨快沙箱的业务时钟。',
  'Show the business clock, which drives activation and expiry.': '显示决定激活与到期的业务时钟。',
  'Move the business clock forward. Signatures still follow the real clock.': '拨快业务时钟。签名仍以真实时钟为准。',
  Days: '天数',
  Hours: '小时数',
  'Manage accounts and their first key pairs.': '管理账号及其首个密钥对。',
  'List every account.': '列出所有账号。',
  'Create an account with a key pair. The secret is shown once.': '创建账号及其密钥对。密钥只显示一次。',
  'Display name': '显示名称',
  'Create another key pair for an account, e.g. when the first is lost. The secret is shown once. Existing keys stay active.':
    '为账号再创建一个密钥对，例如首个丢失时。密钥只显示一次，现有密钥仍有效。',
  'Account id': '账号 ID',
  'Manage access keys.': '管理 AccessKey。',
  'List the access keys of accounts and their users, with the minute of last use.':
    '列出账号及其用户的 AccessKey，以及精确到分钟的最近使用时间。',
  'Only keys of this account': '仅列出该账号的密钥',
  'Disable an access key and end every session begun with it. It can be enabled again.':
    '停用 AccessKey，并结束由它开始的所有会话。可重新启用。',
  'Access key id': 'AccessKey 的 ID',
  'Enable a disabled access key.': '启用已停用的 AccessKey。',
  'Delete an access key permanently. The only active key of an account cannot be deleted: create another one first.':
    '永久删除 AccessKey。账号唯一有效的密钥不能删除，请先另建一个。',
  'Replace the master key, or wrap its file with a passphrase.': '更换主密钥，或用口令封装其文件。',
  'Show whether master.key is wrapped with a passphrase.': '显示 master.key 是否已用口令封装。',
  'Replace the master key and seal every secret of the database under the new one. The server keeps serving; a rotation that was cut short is completed by the next one or by the next start. Refused while other nodes of the database run.':
    '更换主密钥，并以新密钥重新封装数据库中的所有机密。期间服务器继续服务；中断的更换由下一次更换或下一次启动完成。数据库的其他节点仍在运行时会被拒绝。',
  'Encrypt master.key with the passphrase the server was told where to find. Also after the passphrase was changed there.':
    '用服务器所配置位置的口令加密 master.key。口令更改后也使用此命令。',
  'Write master.key without a passphrase again.': '将 master.key 恢复为不带口令。',
  'Replace the key by which gateways know this server.': '更换网关用以识别本服务器的密钥。',
  'Show the key by which gateways know this server, its prepared successor, and how many gateways hold it: ready; waiting for their next connection; unknown, with a program that has not said so; other, holding a key this server does not have.':
    '显示网关用以识别本服务器的密钥、已准备的后继密钥，以及持有后者的网关数：ready 已就绪；waiting 等待下一次连接；unknown 程序未说明；other 持有本服务器没有的密钥。',
  'Make the next key of the server, signed by the present one, and have every gateway pin it beside that. Make a backup afterwards: one from before does not hold the next key.':
    '生成由现有密钥签名的下一个服务器密钥，并让每个网关同时信任它。之后请备份：此前的备份不含新密钥。',
  'Make the prepared key the key of the server and forget the private half of the old one. Refused while a gateway does not hold the prepared key.':
    '启用已准备的密钥，并销毁旧密钥的私钥。仍有网关未持有新密钥时会被拒绝。',
  'Switch although gateways do not hold the prepared key: they follow at their next connection, or enrol again':
    '即使有网关未持有新密钥也切换：它们在下一次连接时跟进，或重新注册',
  'Read the audit trail.': '读取审计记录。',
  'Export the audit trail as JSON, one event per line, oldest first.':
    '以 JSON 导出审计记录，每行一个事件，从最早的开始。',
  'Only events at or after this time, e.g. 2026-11-25T00:00:00Z': '仅导出该时间及之后的事件，例如 2026-11-25T00:00:00Z',
  'Only events before this time': '仅导出该时间之前的事件',
  'Only events of this account': '仅导出该账号的事件',
  'Only events after the one with this id': '仅导出该 ID 之后的事件',
  'Then wait for further events and export them, until interrupted': '之后继续等待并导出新事件，直到中断',
  'Add lines that name the trail, and say which entries after --after were deleted':
    '附加说明行：标明是哪份审计记录，以及 --after 之后哪些条目已删除',
  'Export the whole trail as it is stored, with its seals, for `opensag audit verify`':
    '按存储原样导出全部记录及其封印，供 `opensag audit verify` 使用',
  'Show why a call was denied, from the EncodedDiagnosticMessage of its answer.':
    '根据应答中的 EncodedDiagnosticMessage 显示调用被拒绝的原因。',
  EncodedDiagnosticMessage: 'EncodedDiagnosticMessage 的内容',
  'Check that the audit trail is what the server sealed: no entry changed, added or removed. Prints its head and the public key.':
    '检查审计记录是否与服务器封印时一致：没有条目被修改、增加或删除。打印其头部与公钥。',
  'A head printed earlier, which the trail must still contain': '先前打印的头部，审计记录必须仍包含它',
  'Read the recorded logons of remote users.': '读取远程用户的登录记录。',
  'Export logons, logoffs and refused logons of remote users as JSON, one per line, oldest first.':
    '以 JSON 导出远程用户的登录、退出与被拒绝的登录，每行一条，从最早的开始。',
  'Only records at or after this time, e.g. 2026-11-25T00:00:00Z':
    '仅导出该时间及之后的记录，例如 2026-11-25T00:00:00Z',
  'Only records before this time': '仅导出该时间之前的记录',
  'Only records of this SAG APP instance': '仅导出该 SAG APP 实例的记录',
  'Show or change the log level of the running server.': '显示或修改运行中服务器的日志级别。',
  'Show the log level of the running server.': '显示运行中服务器的日志级别。',
  'Change the log level of the running server until it is reloaded (SIGHUP) or started again.':
    '修改运行中服务器的日志级别，直到重新加载（SIGHUP）或重启。',
  'Log level: fatal, error, warn, info, debug, trace, silent.':
    '日志级别：fatal、error、warn、info、debug、trace、silent。',
  'Read the mails of a sandbox.': '读取沙箱的邮件。',
  'List the mails of the sandbox, newest first, with the passwords they contain.':
    '列出沙箱的邮件及其中的密码，从最新的开始。',
  'Only mails to this address': '仅列出发往该地址的邮件',
  'Manage VBRs, the cloud ends of leased lines.': '管理 VBR（专线的云端）。',
  'Register a VBR, the cloud end of a leased line, with the routes behind it.':
    '登记 VBR（专线的云端）及其后方的路由。',
  'VBR id; unique in the whole system': 'VBR ID，全系统唯一',
  'Account that owns the VBR': 'VBR 所属账号',
  Region: '地域',
  'CEN the VBR is attached to': 'VBR 所加载的 CEN',
  'The line does not use BGP, so no instance can back it up': '专线不使用 BGP，因此没有实例能为其备份',
  'Network behind the line (CIDR block; may be repeated)': '专线后方的网络（网段，可重复给出）',
  'List every VBR, its routes, its CEN and the instance that backs it up.':
    '列出所有 VBR、其路由、CEN 与为其备份的实例。',
  'Manage bandwidth that accounts have for applications.': '管理账号的应用加速带宽包。',
  'Give an account bandwidth for applications, which its instances share.': '为账号提供应用加速带宽包，由其实例共享。',
  'Package id; unique in the whole system': '带宽包 ID，全系统唯一',
  'Account that owns the package': '带宽包所属的账号',
  'Name (default: the id)': '名称（默认：ID）',
  'Mbit/s, of all instances together': '带宽（Mbit/s），由所有实例共享',
  'Group of applications, by its name (may be repeated)': '应用组的名称（可重复）',
  'Application, by its name (may be repeated)': '应用的名称（可重复）',
  'List every package of bandwidth for applications, with what its instances have of it.':
    '列出所有应用加速带宽包及其实例分得的带宽。',
  'Take a package from its account, and from the instances that are in it.': '收回账号的带宽包，其中的实例不再使用它。',
  'Read the cloud connect networks.': '读取云连接网。',
  'List every cloud connect network, its address ranges, its CEN and its number of members.':
    '列出所有云连接网、其地址段、CEN 与成员数。',
  'Manage the points of presence, where the tunnels of gateways end.': '管理接入点，即网关隧道的终点。',
  'Add a point of presence, which ends the tunnels of gateways. Prints once the command that enrols it; gateways build a tunnel to it as soon as they hear of it.':
    '添加接入点，作为网关隧道的终点。注册它的命令只打印一次；网关获知后即与其建立隧道。',
  'IPv4 address at which gateways reach it (UDP ports 500 and 4500)': '网关访问它的 IPv4 地址（UDP 端口 500 与 4500）',
  'URL at which the point of presence reaches this server (default: --public-url of the server, else the address that it listens on)':
    '接入点访问本服务器的 URL（默认：服务器的 --public-url，否则为其监听地址）',
  'Printed command: file on the point of presence with the private authority of the certificate of the server':
    '所打印的命令：接入点上存放服务器证书私有 CA 的文件',
  'List the points of presence: address, whether each is online, and which configuration it holds.':
    '列出接入点：地址、是否在线、所持有的配置。',
  'Show what a point of presence should hold: each network, its members, and whether their tunnels are up.':
    '显示接入点应持有的内容：各个网络、其成员，以及隧道是否已建立。',
  'Remove a point of presence: gateways end their tunnels to it, and it leaves the inventory. The other one, if there is one, takes over.':
    '移除接入点：网关断开通往它的隧道，它从库存中删除。若另有接入点，则由其接替。',
  'Mark the data of a running server as restored by other means than `opensag restore`: refuse signatures from before, end sessions, admit every gateway once.':
    '将运行中服务器的数据标记为已用 `opensag restore` 以外的方式恢复：拒绝此前的签名、结束会话、让每个网关获准连接一次。',
  'Also refuse signatures dated up to this many seconds after now, 0 to 900; default 0':
    '同时拒绝时间比现在晚、至多相差这么多秒的签名，0 至 900，默认 0',
} as const
