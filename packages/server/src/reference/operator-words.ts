/**
 * What the operator commands and their options say of themselves, in Chinese, by the English text. A text that is changed
 * has no Chinese until it is changed here too: `npm run docs` and a test say which.
 */
export const operatorWords: Readonly<Record<string, string>> = {
  'Add a gateway that is ready for use: an instance that is paid, arrived and activated, with its CIDR block and a device bound to it. Prints once the command that enrols the gateway.':
    '添加一台可立即使用的网关：一个已支付、已到货、已激活、设有网段并绑定了设备的实例。注册网关的命令只打印一次。',
  'Name of the instance': '实例名称',
  Model: '型号',
  'CIDR block of the network behind the gateway; may be repeated': '网关后方网络的网段；可重复',
  'Serial number; unique in the whole system (default: a new one)': '序列号，全系统唯一（默认：新生成一个）',
  'Firmware version of the gateway (default: that of the model)': '网关的固件版本（默认：该型号的版本）',
  'Id of the cloud connect network (ccn-…) that the instance joins': '实例要加入的云连接网的 ID（ccn-…）',
  'Account that owns the instance (default: the only one)': '实例所属的账号（默认：唯一的账号）',
  'Region (default: that of the server)': '地域（默认：服务器的地域）',
  'URL at which the gateway reaches this server (default: --public-url of the server, else the address that it listens on)':
    '网关访问本服务器的 URL（默认：服务器的 --public-url，未设置时为其监听地址）',
  'Printed command: file on the gateway with the private authority of the certificate of the server':
    '打印的命令：网关上保存服务器证书的私有 CA 的文件',
  'Printed command: Linux account whose password the server sets': '打印的命令：由服务器设置密码的 Linux 账号',
  'Printed command: address at which the gateway serves its local console': '打印的命令：网关提供本地控制台的地址',
  'List every device in the inventory: its instance, whether it is online, whether its administrator password was ever changed, the address of its local console.':
    '列出库存中的全部设备：所属实例、是否在线、管理员密码是否修改过、本地控制台的地址。',
  'Only gateways whose administrator password was never set or changed since they enrolled':
    '仅列出注册以来从未设置或修改过管理员密码的网关',
  'Show a device and its network: the tunnels it should have and which of them it says are up, what it has learnt in its branch, leases, traffic, and whether it has the addresses of the branch as one of a pair.':
    '查看一台设备及其网络：应有的隧道及其上报为已建立的隧道、在分支中学到的路由、租约、流量，以及作为双机之一是否持有分支的地址。',
  'Serial number': '序列号',
  'Show how many bytes a device received and sent through its tunnels: the last hour by the minute, or the last day by the quarter of an hour. An interval that it has told nothing of is left out.':
    '查看一台设备经隧道接收和发送的字节数：最近一小时按分钟，或最近一天按一刻钟。未上报的时段不列出。',
  'The last day, in place of the last hour': '查看最近一天，而不是最近一小时',
  'Add a device to the inventory. Its enrolment key is shown once.': '向库存中添加一台设备。其注册密钥只显示一次。',
  'Serial number; unique in the whole system': '序列号，全系统唯一',
  'Firmware version until the gateway reports one': '网关上报之前所记的固件版本',
  'The physical reset button is disabled': '禁用物理复位按钮',
  'Sandbox: do not simulate this gateway; a real one will enrol': '沙箱：不模拟这台网关，将由真实网关注册',
  'Change the inventory entry of a device, or (sandbox) the local settings of a simulated gateway.':
    '修改设备的库存记录，或（沙箱）模拟网关的本地设置。',
  'Firmware version; a simulated gateway then runs it': '固件版本；模拟网关随即运行该版本',
  'Sandbox: a change at the local console, as name=value': '沙箱：在本地控制台所做的修改，格式为 name=value',
  'Remove the identity a device enrolled with and create a new enrolment key, shown once.':
    '删除设备注册时的身份，并生成新的注册密钥，只显示一次。',
  'After a restore from a backup: accept the next connection of a device whatever its ticket, with the keys it enrolled with.':
    '从备份恢复之后：无论票据如何，都接受设备使用注册时的密钥建立的下一次连接。',
  'Every enrolled device that is offline': '所有已注册但离线的设备',
  'After the server was rolled back and accepted a later administrator password from a gateway (ServerRolledBack): return that gateway to the password this server knew.':
    '服务器回滚后从网关接受了较新的管理员密码（ServerRolledBack）时：让该网关退回到本服务器当时所知道的密码。',
  'Power a simulated gateway on or off.': '打开或关闭模拟网关的电源。',
  'Show what a device probes and what it found last: health checks, and the last minute of each probe task.':
    '显示设备的探测对象及最近的结果：健康检查，以及每个拨测任务最近一分钟的结果。',
  'Let a machine answer the probes of a simulated gateway, or not.': '让某台主机应答或不应答模拟网关的探测。',
  'on or off': 'on 或 off',
  'Address or name that is probed': '被探测的地址或域名',
  'answers or silent': 'answers 或 silent',
  'Show what a Linux machine in the place of a simulated gateway would hand to nftables, ip, strongSwan, tc, BIRD, dnsmasq and keepalived for the configuration it holds.':
    '查看若以 Linux 机器代替该模拟网关，它会为所持有的配置向 nftables、ip、strongSwan、tc、BIRD、dnsmasq 和 keepalived 提交的内容。',
  'List the events of a device: online, offline, a second device with its identity (DeviceHacked), its disk rolled back (DeviceRolledBack), this server rolled back (ServerRolledBack).':
    '列出设备的事件：上线、离线、出现持有其身份的第二台设备（DeviceHacked）、其磁盘被回滚（DeviceRolledBack）、本服务器被回滚（ServerRolledBack）。',
  'How many, newest first': '条数，最新的在前',
  'Make a key to enrol anew with for each of many gateways, and write them to a file that only its owner can read. The present identity of a gateway counts until it has enrolled anew. Run it again to complete a file that was cut short: keys that have not served or expired stay the same.':
    '为多台网关各生成一个重新注册用的密钥，写入仅所有者可读的文件。网关重新注册之前，其现有身份仍然有效。文件未写完时再次运行即可补全：未使用且未过期的密钥保持不变。',
  'Every enrolled gateway': '所有已注册的网关',
  'Every enrolled gateway that is not connected': '所有已注册但未连接的网关',
  'These gateways, by serial number': '指定的网关，以序列号表示',
  'Days after which an unused key expires': '未使用的密钥过期的天数',
  'Show how many gateways have a key to enrol anew with that has not served, has expired, or has served.':
    '查看有多少网关的重新注册密钥尚未使用、已经过期或已经使用。',
  'Offer a firmware version for a model, so that gateways can be upgraded to it.':
    '为某型号提供一个固件版本，网关即可升级到该版本。',
  'Firmware version, four parts': '固件版本，由四段组成',
  'Name of the version (default: model and version)': '版本名称（默认：型号和版本）',
  'Mark as a beta, not a release': '标记为测试版，而非正式版',
  'List the firmware versions that are offered.': '列出可提供的固件版本。',
  'Show what was ordered, what the buyer wrote, and where it is to be sent.': '查看订购的内容、买方的留言和收货地址。',
  'Instance id (sag-…) or order id': '实例 ID（sag-…）或订单 ID',
  'Mark an order as paid.': '将订单标记为已支付。',
  'Ship a paid order. The shipped devices are bound to the instance.': '为已支付的订单发货。所发的设备绑定到实例。',
  'Serial numbers of the shipped devices': '所发设备的序列号',
  'Mark a shipped order as arrived.': '将已发货的订单标记为已到货。',
  'Mark delivered hardware as being returned.': '将已交付的硬件标记为退货中。',
  'Extend a subscription and mark its overdue bill as paid. An instance that nobody sold runs without an end again.':
    '续费并将逾期账单标记为已支付。未经售卖的实例重新变为无到期时间。',
  'Instance id (sag-…)': '实例 ID（sag-…）',
  'Calendar months': '自然月数',
  'End a subscription now.': '立即使订阅到期。',
  'Mark a bill of the instance as unpaid, or with --settled as paid.':
    '将实例的账单标记为未支付；使用 --settled 时标记为已支付。',
  'Mark the bill as paid': '将账单标记为已支付',
  'Show the business clock, which drives activation and expiry.': '查看业务时钟，激活与到期以它为准。',
  'Move the business clock forward. Signatures still follow the real clock.': '将业务时钟拨快。签名仍以真实时钟为准。',
  Days: '天数',
  Hours: '小时数',
  'List every account.': '列出全部账号。',
  'Create an account with a key pair. The secret is shown once.': '创建账号及一对密钥。密钥只显示一次。',
  'Display name': '显示名称',
  'Create another key pair for an account, e.g. when the first is lost. The secret is shown once. Existing keys stay active.':
    '为账号再创建一对密钥，例如在第一对丢失时。密钥只显示一次。已有的密钥仍然有效。',
  'Account id': '账号 ID',
  'List the access keys of accounts and their users, with the minute of last use.':
    '列出各账号及其用户的 AccessKey，以及最后使用的时间（精确到分钟）。',
  'Only keys of this account': '仅该账号的密钥',
  'Disable an access key and end every session begun with it. It can be enabled again.':
    '停用一个 AccessKey，并结束用它建立的全部会话。之后可以重新启用。',
  'Access key id': 'AccessKey ID',
  'Enable a disabled access key.': '启用已停用的 AccessKey。',
  'Delete an access key permanently. The only active key of an account cannot be deleted: create another one first.':
    '永久删除一个 AccessKey。账号唯一有效的密钥不能删除：请先再创建一个。',
  'Show whether master.key is wrapped with a passphrase.': '查看 master.key 是否已用口令封装。',
  'Replace the master key and seal every secret of the database under the new one. The server keeps serving; a rotation that was cut short is completed by the next one or by the next start. Refused while other nodes of the database run.':
    '更换主密钥，并用新密钥重新密封数据库中的全部机密。期间服务器照常工作；中断的更换由下一次更换或下一次启动完成。同一数据库的其他节点运行时被拒绝。',
  'Encrypt master.key with the passphrase the server was told where to find. Also after the passphrase was changed there.':
    '用服务器配置所指的口令加密 master.key。该处的口令更改之后也用此命令。',
  'Write master.key without a passphrase again.': '重新写成不带口令的 master.key。',
  'Show the key by which gateways know this server, its prepared successor, and how many gateways hold it: ready; waiting for their next connection; unknown, with a program that has not said so; other, holding a key this server does not have.':
    '查看网关用以识别本服务器的密钥、已准备好的下一把密钥，以及持有后者的网关数量：ready 为已持有；waiting 为等待下次连接；unknown 为其程序尚未说明；other 为持有本服务器所没有的密钥。',
  'Make the next key of the server, signed by the present one, and have every gateway pin it beside that. Make a backup afterwards: one from before does not hold the next key.':
    '生成服务器的下一把密钥，由当前密钥签名，并让每台网关同时固定这两把。之后请做一次备份：之前的备份不含下一把密钥。',
  'Make the prepared key the key of the server and forget the private half of the old one. Refused while a gateway does not hold the prepared key.':
    '将准备好的密钥设为服务器的密钥，并销毁旧密钥的私钥部分。有网关尚未持有准备好的密钥时被拒绝。',
  'Switch although gateways do not hold the prepared key: they follow at their next connection, or enrol again':
    '即使有网关未持有准备好的密钥也切换：它们在下次连接时跟进，或重新注册',
  'Export the audit trail as JSON, one event per line, oldest first.':
    '以 JSON 导出操作审计，每行一个事件，最早的在前。',
  'Only events at or after this time, e.g. 2026-11-25T00:00:00Z': '仅此时间及之后的事件，例如 2026-11-25T00:00:00Z',
  'Only events before this time': '仅此时间之前的事件',
  'Only events of this account': '仅该账号的事件',
  'Only events after the one with this id': '仅该 ID 的事件之后的事件',
  'Then wait for further events and export them, until interrupted': '之后继续等待并导出新事件，直到被中断',
  'Add lines that name the trail, and say which entries after --after were deleted':
    '增加标明审计记录名称的行，并说明 --after 之后哪些条目已被删除',
  'Export the whole trail as it is stored, with its seals, for `opensag audit verify`':
    '按存储的原样导出全部审计记录及其封印，供 `opensag audit verify` 使用',
  'Show why a call was denied, from the EncodedDiagnosticMessage of its answer.':
    '根据应答中的 EncodedDiagnosticMessage，查看调用被拒绝的原因。',
  EncodedDiagnosticMessage: 'EncodedDiagnosticMessage',
  'Check that the audit trail is what the server sealed: no entry changed, added or removed. Prints its head and the public key.':
    '检查操作审计与服务器封印时一致：没有条目被修改、增加或删除。打印其末端摘要（head）和公钥。',
  'A head printed earlier, which the trail must still contain': '之前打印过的末端摘要（head），审计记录必须仍包含它',
  'Export logons, logoffs and refused logons of remote users as JSON, one per line, oldest first.':
    '以 JSON 导出远程用户的登录、注销和被拒绝的登录，每行一条，最早的在前。',
  'Only records at or after this time, e.g. 2026-11-25T00:00:00Z': '仅此时间及之后的记录，例如 2026-11-25T00:00:00Z',
  'Only records before this time': '仅此时间之前的记录',
  'Only records of this SAG APP instance': '仅该 SAG APP 实例的记录',
  'Show the log level of the running server.': '查看运行中服务器的日志级别。',
  'Change the log level of the running server until it is reloaded (SIGHUP) or started again.':
    '更改运行中服务器的日志级别，直到它重新加载（SIGHUP）或重新启动。',
  'Log level: fatal, error, warn, info, debug, trace, silent.':
    '日志级别：fatal、error、warn、info、debug、trace、silent',
  'List the mails of the sandbox, newest first, with the passwords they contain.':
    '列出沙箱的邮件，最新的在前，包含其中的密码。',
  'Only mails to this address': '仅发往该地址的邮件',
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
  'Register a VBR, the cloud end of a leased line, with the routes behind it.':
    '登记一个 VBR（专线的云端）及其后方的路由。',
  'VBR id; unique in the whole system': 'VBR ID，全系统唯一',
  'Account that owns the VBR': 'VBR 所属的账号',
  Region: '地域',
  'CEN the VBR is attached to': 'VBR 所加载到的云企业网',
  'The line does not use BGP, so no instance can back it up': '该专线不使用 BGP，因此没有实例可以作为其备份',
  'Network behind the line (CIDR block; may be repeated)': '专线后方的网络（网段；可重复）',
  'List every VBR, its routes, its CEN and the instance that backs it up.':
    '列出全部 VBR、其路由、所属云企业网和作为其备份的实例。',
  'List every cloud connect network, its address ranges, its CEN and its number of members.':
    '列出全部云连接网、其网段、所属云企业网和成员数量。',
  'Add a point of presence, which ends the tunnels of gateways. Prints once the command that enrols it; gateways build a tunnel to it as soon as they hear of it.':
    '添加一个接入点，网关的隧道在此终结。注册它的命令只打印一次；网关得知后立即与它建立隧道。',
  'IPv4 address at which gateways reach it (UDP ports 500 and 4500)': '网关访问它的 IPv4 地址（UDP 端口 500 和 4500）',
  'URL at which the point of presence reaches this server (default: --public-url of the server, else the address that it listens on)':
    '接入点访问本服务器的 URL（默认：服务器的 --public-url，未设置时为其监听地址）',
  'Printed command: file on the point of presence with the private authority of the certificate of the server':
    '打印的命令：接入点上保存服务器证书的私有 CA 的文件',
  'List the points of presence: address, whether each is online, and which configuration it holds.':
    '列出接入点：地址、是否在线、所持有的配置。',
  'Show what a point of presence should hold: each network, its members, and whether their tunnels are up.':
    '查看一个接入点应持有的内容：各个网络、其成员，以及它们的隧道是否已建立。',
  'Remove a point of presence: gateways end their tunnels to it, and it leaves the inventory. The other one, if there is one, takes over.':
    '移除一个接入点：网关终止与它的隧道，并将它移出库存。如有另一个接入点，则由其接替。',
  'Mark the data of a running server as restored by other means than `opensag restore`: refuse signatures from before, end sessions, admit every gateway once.':
    '将运行中服务器的数据标记为以 `opensag restore` 以外的方式恢复：拒绝此前的签名、结束会话、对每台网关放行一次。',
  'Also refuse signatures dated up to this many seconds after now, 0 to 900; default 0':
    '同时拒绝签名时间在此后若干秒之内的请求，0 到 900；默认 0',
}
