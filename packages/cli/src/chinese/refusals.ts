/** What backups, copies, the master key, the audit trail and a running server refuse, in English where it is written. */
export const refusals: Readonly<Record<string, string>> = {
  // Backups.
  'There is no account {account} in {path}.': '{path} 中没有账号 {account}。',
  'There is no {file} in {folder}.': '{folder} 中没有 {file}。',
  "This master key does not open the database of {folder}: it is another one's.":
    '该主密钥打不开 {folder} 的数据库：它属于其他数据库。',
  'The manifest of {folder} names no database.': '{folder} 的清单中没有数据库。',
  '{path} does not hold what its manifest says.': '{path} 的内容与其清单不符。',
  'The backup in {folder} was made without master.key. Name the file: --master-key FILE.':
    '{folder} 中的备份不含 master.key。请指定该文件：--master-key FILE。',
  '{path} is damaged: {bytes} bytes instead of {expected}. Restore it from a backup.':
    '{path} 已损坏：大小为 {bytes} 字节，应为 {expected} 字节。请从备份恢复该文件。',
  '{path} is damaged: it is no wrapped key. Restore it from a backup.':
    '{path} 已损坏：不是封装的密钥。请从备份恢复该文件。',
  '{path} is damaged: {bytes} bytes instead of {expected}.':
    '{path} 已损坏：大小为 {bytes} 字节，应为 {expected} 字节。',
  '{path} is damaged: its SHA-256 is another one.': '{path} 已损坏：SHA-256 不符。',
  '{path} is damaged: it is not the manifest of a backup.': '{path} 已损坏：不是备份的清单。',
  '{path} is damaged: its checksum is another one.': '{path} 已损坏：校验和不符。',
  'The backup has no access key {id}. Nothing was changed.': '备份中没有 AccessKey {id}。未作任何修改。',
  'The server of {folder} keeps everything in PostgreSQL, or its database was copied there: name that with --database or --database-file. To have what was left in the folder, copy it: {command}':
    '{folder} 的服务器将全部数据保存在 PostgreSQL 中，或其数据库已复制到那里：请用 --database 或 --database-file 指定。如需目录中遗留的数据，请复制：{command}',
  '{path} is there already. A backup is never written over anything.': '{path} 已存在。备份绝不覆盖任何内容。',
  'The master key was rotated while the backup was made. Make the backup again.': '备份期间主密钥被轮换。请重新备份。',
  "{path} does not open the database: it is another one's.": '{path} 打不开该数据库：它属于其他数据库。',
  '{path} is not there. Make that folder; the one of the backup is made in it.':
    '{path} 不存在。请创建该目录，备份的目录将建于其中。',
  'master.key opens every secret of the database beside it. Whoever has both has all of them.':
    'master.key 能打开同处数据库的全部机密。两者兼得即得到全部机密。',
  'master.key opens with its passphrase only, which is not in this backup. Without the passphrase it is useless.':
    'master.key 只能用其口令打开，口令不在本备份中。没有口令则备份无法使用。',
  'Without master.key, which is not in it, this backup is useless: keep that file, elsewhere.':
    '本备份不含 master.key，没有它备份无法使用：请将该文件另行保存。',
  '{folder} holds no backup that can be read: {path} is missing or damaged.':
    '{folder} 中没有可读的备份：{path} 缺失或损坏。',
  'The backup in {folder} was made by OpenSAG {version}, which is newer. Restore it with that version.':
    '{folder} 中的备份由较新的 OpenSAG {version} 制作。请用该版本恢复。',
  'The master key of {folder} is being rotated. Try again when that is done; a rotation that was cut short goes on with the next start of the server.':
    '{folder} 的主密钥正在轮换。请在完成后重试；中断的轮换会在服务器下次启动时继续。',
  'The master key of {folder} is being rotated. Start its server once: it finishes that.':
    '{folder} 的主密钥正在轮换。请启动其服务器一次以完成轮换。',
  'The master key of {folder} is being rotated. Restore beside another folder: --data FOLDER.':
    '{folder} 的主密钥正在轮换。请改用其他目录恢复：--data FOLDER。',
  '{path} is another key than that of the backup, and is not written over. Name another folder: --data FOLDER.':
    '{path} 与备份的密钥不同，不予覆盖。请指定其他目录：--data FOLDER。',
  '{path} is another key than that of {folder}. Choose another folder.':
    '{path} 与 {folder} 的密钥不同。请选择其他目录。',
  '{folder} is not empty. Restore into another folder, or move this one aside with --replace.':
    '{folder} 不为空。请恢复到其他目录，或用 --replace 移开该目录。',
  '{folder} is a mount point, which gets no other name. Restore into a folder inside it.':
    '{folder} 是挂载点，无法改名。请恢复到其中的目录。',
  '{path} is there already; {folder} would be moved there.': '{path} 已存在，而 {folder} 将移至该处。',
  'The log {path} was not brought into the database.': '日志 {path} 未并入数据库。',
  'The master key does not open {count} of {of} sealed values of the backup in {folder}: {names}.':
    '{folder} 中的备份有 {of} 个密封值，其中 {count} 个无法用主密钥打开：{names}。',
  'The audit trail of the backup in {folder} is not intact: {why}': '{folder} 中备份的审计记录不完整：{why}',
  'The folder {folder} is in use by another running process.': '目录 {folder} 正被其他运行中的进程使用。',
  // Copies.
  '{place} holds an interrupted copy of another source, or this source has changed since. Empty the target and begin again; nothing was changed.':
    '{place} 中有来自其他来源的中断的复制，或来源此后有变化。请清空目标后重新开始；未作任何修改。',
  'The copy is not equal to its source in: {tables}. The source changed while an interrupted copy waited, or something else wrote to the target. Empty the target and begin again; no server starts on it as it is.':
    '复制结果与来源在以下各表不一致：{tables}。复制中断期间来源有变化，或目标被其他程序写入。请清空目标后重新开始；服务器不会在现状下启动。',
  '{place} holds no tables of OpenSAG.': '{place} 中没有 OpenSAG 的表。',
  '{place} is itself an interrupted copy. Finish that copy first.': '{place} 本身是中断的复制。请先完成该复制。',
  '{place} is a standby, which may lack what was written last. Name the primary.':
    '{place} 是备库，可能缺少最近写入的数据。请指定主库。',
  'Another copy fills {place} right now.': '另一个复制正在写入 {place}。',
  '{place} cannot be reached: {reason}.': '无法连接 {place}：{reason}。',
  'The database in {folder} is of an older version of OpenSAG, and a copy upgrades nothing. Start a server of this version on it once, stop it, and copy again.':
    '{folder} 中的数据库属于较旧版本的 OpenSAG，而复制不作升级。请用本版本的服务器在其上启动一次，停止后再复制。',
  '{place} is of an older version of OpenSAG, and a copy upgrades nothing. Start a server of this version on it once, stop it, and copy again.':
    '{place} 属于较旧版本的 OpenSAG，而复制不作升级。请用本版本的服务器在其上启动一次，停止后再复制。',
  'The row {row} of {table} has a text with a NUL character, which PostgreSQL cannot hold. Change it in the source, and run the copy again.':
    '{table} 的行 {row} 中有含 NUL 字符的文本，PostgreSQL 无法存放。请在来源中修改，然后重新复制。',
  '{place} is not empty: its table {table} holds rows. A copy is never written over anything.':
    '{place} 不为空：表 {table} 中有数据。复制绝不覆盖任何内容。',
  '{path} is on a file system that cannot share memory between connections. Use a local disk.':
    '{path} 所在的文件系统不支持连接之间共享内存。请使用本地磁盘。',
  'Without --database this server goes on with what is in its data folder. Its last run kept everything in PostgreSQL, or it was copied there.':
    '未给出 --database，服务器将继续使用数据目录中的数据。而上次运行时数据保存在 PostgreSQL 中，或已复制到那里。',
  // The store at a start.
  '{folder} is in use by another OpenSAG. Stop that one first, or choose another data folder.':
    '{folder} 正被另一个 OpenSAG 使用。请先停止它，或选择其他数据目录。',
  '{place} was written by a newer version of OpenSAG: its schema is {found}, and this version knows none after {known}. Nothing was changed. Start the newer version again, or restore the backup made before the upgrade.':
    '{place} 由较新版本的 OpenSAG 写入：其 schema 为 {found}，而本版本只认识到 {known}。未作任何修改。请重新启动较新的版本，或恢复升级之前的备份。',
  '{place} was written by an unreleased build of OpenSAG: its schema has the step {found} where this version has {expected}. It is not damaged, but no release can upgrade it. Nothing was changed. Start that build again, or restore a backup made by a release.':
    '{place} 由未发布的 OpenSAG 构建写入：其 schema 的步骤为 {found}，而本版本为 {expected}。它没有损坏，但任何发布版都无法升级它。未作任何修改。请重新启动该构建，或恢复由发布版制作的备份。',
  'This database is the target of a copy that has not ended. Nothing was changed. Run the same `opensag store copy` again: it goes on where it stopped. If it was `opensag restore`, run that again: it begins anew.':
    '该数据库是尚未结束的复制的目标。未作任何修改。请再次运行相同的 `opensag store copy`，它会从中断处继续。若为 `opensag restore`，请再次运行，它会重新开始。',
  '{path} is damaged: {finding}. Nothing was changed. Copy the whole folder aside and restore a backup.':
    '{path} 已损坏：{finding}。未作任何修改。请将整个目录另存，然后恢复备份。',
  'The database did not take the work within {ms} ms. Nothing of it was done.':
    '数据库在 {ms} 毫秒内没有接受该工作。未执行任何内容。',
  'Within {ms} ms the database did not say whether the change was made. Read it to find out.':
    '数据库在 {ms} 毫秒内没有说明是否已作修改。请读取以确认。',
  'Node {version} has no SQLite of its own: run Node 24 or newer, or install the package libsql.':
    'Node {version} 没有自带 SQLite：请运行 Node 24 或更新版本，或安装 libsql 包。',
  'The key pair of the first start could not be written: {why} Start again without --write-credentials and make another one: {command}':
    '无法写出首次启动的密钥对：{why} 请去掉 --write-credentials 重新启动，并另建一个：{command}',
  'The schema of the database could not be upgraded (step {step}). Nothing was changed. If its tables are not those of a release (an unreleased build, a change by hand), restore a backup made by a release. The database reports: {reason}':
    '无法升级数据库的 schema（步骤 {step}）。未作任何修改。若其表不属于发布版（未发布的构建、手工改动），请恢复由发布版制作的备份。数据库报告：{reason}',
  'The schema of the database could not be upgraded. Nothing was changed. If its tables are not those of a release (an unreleased build, a change by hand), restore a backup made by a release. The database reports: {reason}':
    '无法升级数据库的 schema。未作任何修改。若其表不属于发布版（未发布的构建、手工改动），请恢复由发布版制作的备份。数据库报告：{reason}',
  'Another server on this database runs as node {id} too, and was started before this one. Each node has a node.id of its own: remove the file node.id in this data folder and start again.':
    '该数据库的另一台服务器也以节点 {id} 运行，且启动在先。每个节点有各自的 node.id：请删除本数据目录中的 node.id 文件后重新启动。',
  // The master key.
  '{path} is not the master key of this database: the secrets in it do not open. Copy master.key from the data folder of another node of this database, or from the backup that the database came from.':
    '{path} 不是该数据库的主密钥：打不开其中的机密。请从该数据库其他节点的数据目录，或从数据库所来自的备份复制 master.key。',
  '{path} is wrapped. Name its passphrase: --master-key-passphrase-file FILE or --master-key-passphrase-command COMMAND.':
    '{path} 已封装。请指定其口令：--master-key-passphrase-file FILE 或 --master-key-passphrase-command COMMAND。',
  '{path} does not open with this passphrase.': '该口令打不开 {path}。',
  '{path} is missing, and the secrets in the database beside it open with nothing else. Restore it.':
    '{path} 缺失，而数据库中的机密只有它能打开。请恢复该文件。',
  'The server was started without a passphrase. Start it with --master-key-passphrase-file or --master-key-passphrase-command.':
    '服务器启动时没有口令。请用 --master-key-passphrase-file 或 --master-key-passphrase-command 启动。',
  'The master key is being changed already.': '主密钥已在变更之中。',
  'A rotation was cut short. Finish it first: master-key rotate.': '有中断的轮换。请先完成：master-key rotate。',
  'Other nodes of this database run: {nodes}. They have the present master key. Stop them, rotate here, and copy master.key to them before they start. A node that was killed counts for 20 seconds more. Nothing was changed.':
    '该数据库的其他节点正在运行：{nodes}。它们持有当前的主密钥。请停止它们，在此轮换，再将 master.key 复制给它们后启动。被强行终止的节点在 20 秒内仍计入。未作任何修改。',
  // The audit trail.
  'Seal {n} is not the one that was kept: entries up to it were replaced.':
    '第 {n} 号封印与留存的不同：其前的条目已被替换。',
  'Entry {n} was added where everything was sealed already.': '第 {n} 号条目被加入已全部封印之处。',
  'Where the trail begins is not signed by this server: older entries may be missing.':
    '审计记录的起点未经该服务器签名：可能缺少较早的条目。',
  'Seal {n} was deleted with its entries, as too old or too much: keep a newer one.':
    '第 {n} 号封印及其条目因过旧或超量已被删除：请留存较新的封印。',
  'This is not a whole trail: what comes last in an export is missing.': '审计记录不完整：缺少导出的末尾部分。',
  'The head of the trail is not signed by this server: its end may be missing.':
    '审计记录的末端未经该服务器签名：可能缺少末尾部分。',
  'Seal {n} is not in this trail: its end is missing.': '第 {n} 号封印不在该审计记录中：缺少末尾部分。',
  'Seal {n} is not signed by this server.': '第 {n} 号封印未经该服务器签名。',
  'Seal {n} is missing; the next one is {next}.': '缺少第 {n} 号封印，其后为第 {next} 号。',
  'The entries {first} to {last}, sealed {at}, are not as they were: {reason}.':
    '{at} 封印的第 {first} 至 {last} 号条目与原样不符：{reason}。',
  'The head has another form than `audit verify` prints.': '所给末端与 `audit verify` 所打印的格式不同。',
  'Line {n} is not one of `operator audit export --sealed`.': '第 {n} 行不属于 `operator audit export --sealed`。',
  '--sealed exports the whole trail: a part of it cannot be verified.': '--sealed 导出全部审计记录：部分记录无法核验。',
  'This is not a diagnostic message of this server.': '这不是该服务器的诊断消息。',
  // A running server to an operator.
  'The account {id} does not exist.': '账号 {id} 不存在。',
  'There is no account. Create one with account create.': '没有账号。请用 account create 创建。',
  'Give --account, one of {accounts}.': '请给出 --account，取值为 {accounts} 之一。',
  'The server closed the connection. See the server log.': '服务器关闭了连接。请查看服务器日志。',
  'The server answered {status}.': '服务器返回 {status}。',
  'The instance does not exist.': '实例不存在。',
  'The state of the subscription does not allow that.': '订阅的状态不允许该操作。',
  'There is no next key: channel-identity prepare makes one.': '没有下一个密钥：请用 channel-identity prepare 创建。',
  '{missing} of {of} gateways do not hold the next key: {serials}. Those that are waiting or unknown follow at their next connection if their program knows successors; the others have to enrol again. --force switches all the same.':
    '{of} 个网关中有 {missing} 个未持有下一个密钥：{serials}。等待与未知的网关，若其程序支持密钥继任，将在下次连接时更新；其余须重新注册。加 --force 仍可切换。',
  'Give --days or --hours.': '请给出 --days 或 --hours。',
  '"{command}" does not take this input.': '"{command}" 不接受该输入。',
  'Give either a serial number or --all.': '请给出序列号或 --all 之一。',
  '{serial} has not enrolled: there is nothing to trust.': '{serial} 尚未注册：没有可信任的身份。',
  '{serial} is connected; another copy of this gateway is being refused. See device events and device reenrol.':
    '{serial} 已连接，该网关的另一副本正被拒绝。参见 device events 与 device reenrol。',
  'This server accepted no later password from {serial}: there is nothing to take back.':
    '该服务器未从 {serial} 接受更新的密码：没有可撤回的内容。',
  'There is no simulated gateway {serial}.': '没有模拟网关 {serial}。',
  '{serial} is a point of presence, which has no other model.': '{serial} 是接入点，没有其他型号。',
  'The device {serial} exists already.': '设备 {serial} 已存在。',
  'The device {serial} is not in the inventory.': '设备 {serial} 不在库存中。',
  'Version {version} of {model} is offered already.': '{model} 的版本 {version} 已提供。',
  '{id} is the only active key of the account {account}.': '{id} 是账号 {account} 唯一的有效密钥。',
  'The access key {id} does not exist.': 'AccessKey {id} 不存在。',
  'A package is for one application or group at least.': '带宽包至少包含一个应用或应用组。',
  'The package {id} exists already.': '带宽包 {id} 已存在。',
  'The package {id} does not exist.': '带宽包 {id} 不存在。',
  'The VBR {id} exists already.': 'VBR {id} 已存在。',
  'The instance or order does not exist.': '实例或订单不存在。',
  'The state of the order does not allow that.': '订单的状态不允许该操作。',
  'A serial number is not in the inventory.': '有序列号不在库存中。',
  'A serial number is bound to an instance already.': '有序列号已绑定到实例。',
  'An instance has at most two devices.': '一个实例最多有两台设备。',
  'This server sends its mails through a mail server and keeps no copy.':
    '该服务器通过邮件服务器发送邮件，不保留副本。',
  'There are {n} points of presence already; more are not supported yet.': '已有 {n} 个接入点，尚不支持更多。',
  'Another point of presence has the address {address}.': '另一个接入点已使用地址 {address}。',
  'There is no free number for another device of the network.': '网络中没有可分配给新设备的编号。',
  'There is no point of presence {serial}.': '没有接入点 {serial}。',
  'Give one of --all, --offline and --serial.': '请给出 --all、--offline 与 --serial 之一。',
  'Give --server: the URL at which {why} reaches this server, e.g. wss://sag.example.com.':
    '请给出 --server：{why}连接该服务器的 URL，例如 wss://sag.example.com。',
  '"{command}" was done, but {why}': '"{command}" 已执行，但{why}',
  'the audit trail has no entry of it, because the store failed meanwhile. See the server log.':
    '因存储其间出错，审计记录中没有对应的条目。请查看服务器日志。',
  '"{command}" exists in a sandbox only.': '"{command}" 仅在沙箱中提供。',
  'The command failed. See the server log.': '命令失败。请查看服务器日志。',
  'The database does not answer in time, so it is not certain that the command was done. Look (list, show) before you repeat it.':
    '数据库没有及时应答，无法确定命令是否已执行。重复之前请先查看（list、show）。',
  'the gateway': '网关',
  'the point of presence': '接入点',
  'Another server answers on {socket}.': '{socket} 上已有其他服务器应答。',
}
