/** Messages of `opensag parity`. Whys that are part of a recording or of JSON are English there; see `written.ts`. */
export const parityMessages = {
  '{path}, line {line}: {why}': '{path} 第 {line} 行：{why}',
  '{path}, line {line} {why}.': '{path} 第 {line} 行{why}。',
  '{path}, call {n}': '{path} 的第 {n} 个调用',
  'write "keep name = expression", where the name begins with a small letter, is not "region" and names no earlier value.':
    '请写作 "keep name = expression"，其中名称以小写字母开头、不是 "region"，且未被前面的值使用。',
  '"keep" belongs below a call.': '"keep" 须位于某个调用之下。',
  '"{name}" names an earlier value already.': '"{name}" 已是前面某个值的名称。',
  'what follows "=" is not a JMESPath expression.': '"=" 之后不是 JMESPath 表达式。',
  'a quotation mark is not closed.': '引号没有闭合。',
  'a call begins with the name of an operation.': '调用须以操作名称开头。',
  'each parameter has the form Name=value; a value with spaces is in quotation marks.':
    '参数的格式为 Name=value；含空格的值须用引号括起。',
  '{name} is kept by no earlier call.': '前面没有调用保留 {name}。',
  '{path} has no calls. Write one a line, as for "opensag call".':
    '{path} 中没有调用。请每行写一个，写法同 "opensag call"。',
  '{path} needs these variables of the environment: {names}.': '{path} 需要以下环境变量：{names}。',
  'the OpenSAG at {endpoint}': '{endpoint} 的 OpenSAG',
  'the account of this key pair at Alibaba Cloud': '该密钥对在阿里云的账号',
  'the endpoint': '该接入地址',
  '{place}, region {regionId}': '{place}（地域 {regionId}）',
  'These calls change something or cost money: {names}. No call was made. To make them too, give --allow-writes.':
    '以下调用会修改内容或产生费用：{names}。未发出任何调用。如需同时发出，请加 --allow-writes。',
  'These calls change {where}: {names}.\n- Orders (Create…, Upgrade…, Downgrade…, Renew…) can cost money at once, and an order is not taken back by deleting.\n- Delete…, Unbind…, Detach… and Reboot… can cut off branches and users.\n- A changed password locks out those who have only the old one.\nUse an account and gateways that nobody depends on.':
    '以下调用会修改{where}：{names}。\n- 订单（Create…、Upgrade…、Downgrade…、Renew…）可能立即产生费用，删除并不撤销订单。\n- Delete…、Unbind…、Detach… 与 Reboot… 可能使分支与用户断网。\n- 修改密码后，只有旧密码的人将无法登录。\n请使用无人依赖的账号与网关。',
  'No call was made: there is no terminal to confirm on. Give --yes.':
    '未发出任何调用：没有可供确认的终端。请加 --yes。',
  'Type "yes" to make these calls: ': '键入 "yes" 以发出这些调用：',
  'No call was made.': '未发出任何调用。',
  'The service does not accept the key pair: {code}. {made} calls are in {path}.':
    '服务不接受该密钥对：{code}。已有 {made} 个调用写入 {path}。',
  'Recorded {made} of {of} calls in {path}. Read the file before you hand it on.':
    '已录制 {of} 个调用中的 {made} 个，写入 {path}。转交之前请先阅读该文件。',
  'The recording is not complete. It can be compared as it is.': '录制不完整，仍可用于比较。',
  'not answered: {why}': '没有应答：{why}',
  'a secret': '机密',
  'an access key': 'AccessKey',
  'an account': '账号',
  'a mail address': '邮箱地址',
  '{where}: the value of {name} looks like {what} and would be part of the recording. Write {name}={variable} and set the variable NAME.':
    '{where}：{name} 的取值形似{what}，会成为录制的一部分。请写作 {name}={variable}，并设置变量 NAME。',
  '{path} exists already. Name another file with --out.': '{path} 已存在。请用 --out 指定其他文件。',
  '{path} is no recording of "opensag parity record": its first line must be a header.':
    '{path} 不是 "opensag parity record" 的录制：首行须为文件头。',
  '{path}: lines are missing, doubled or in another order.': '{path}：有行缺失、重复或次序不对。',
  'an object is needed.': '须为对象。',
  'this format is of another version; this program reads version 1.': '格式的版本不同，本程序读取版本 1。',
  'a member': '某个成员',
  '{member} is missing, unknown or wrong.': '{member} 缺失、不认识或有误。',
  'Finishing the call under way. What was recorded is in the file. Press Ctrl-C again to end at once.':
    '正在完成进行中的调用。已录制的内容在文件中。再次按 Ctrl-C 可立即结束。',
  '{flag}: a number from {least} to {most} is needed.': '{flag}：需要 {least} 至 {most} 的数。',
  'No key pair found. Set ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET, or name a file with --credentials.':
    '未找到密钥对。请设置 ALIBABA_CLOUD_ACCESS_KEY_ID 与 ALIBABA_CLOUD_ACCESS_KEY_SECRET，或用 --credentials 指定文件。',
  '{action}: no public endpoint is known. Name one with --endpoint.':
    '{action}：没有已知的公共接入地址。请用 --endpoint 指定。',
  'HTTP status': 'HTTP 状态码',
  code: '错误码',
  message: '消息',
  'missing field': '缺少字段',
  'extra field': '多出字段',
  type: '类型',
  'order of fields': '字段次序',
  'order of elements': '元素次序',
  'recorded: {value}': '录制：{value}',
  'here:     {value}': '此处：{value}',
  '{call} {action}: not compared: {why}': '{call} {action}：未比较：{why}',
  ' The recording was interrupted: it has only the first calls of its list.': '录制曾中断：仅含列表中靠前的调用。',
  '{calls} calls recorded on {day}: {same} the same, {different} different.':
    '{day} 录制的 {calls} 个调用：{same} 个相同，{different} 个有差异。',
} as const
