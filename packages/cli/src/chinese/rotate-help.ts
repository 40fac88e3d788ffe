/** Help of `opensag rotate`, by its English text. */
export const rotateHelp = {
  'Select every gateway of every region': '选择所有地域的全部网关',
  'Select the gateways of a region (may be repeated)': '选择某地域的网关（可重复给出）',
  'Select the gateways in a cloud connect network (may be repeated)': '选择某云连接网中的网关（可重复给出）',
  'Select instances by name; * and ? are wildcards (may be repeated)': '按名称选择实例，* 与 ? 为通配符（可重复给出）',
  'Select an instance (may be repeated)': '选择某实例（可重复给出）',
  'Select the gateways listed in a file; each line: an instance id, optionally followed by a serial number':
    '选择文件中所列的网关；每行为实例 ID，其后可跟序列号',
  'Ignore selected instances and gateways that do not exist': '忽略所选但不存在的实例与网关',
  'Only gateways whose password is older, such as 90d, by the record of an OpenSAG; default passwords always are':
    '仅限按 OpenSAG 的记录密码早于此时间（如 90d）的网关；默认密码始终计入',
  'Refuse a given password that is among the last n of its gateway, 1 to 24':
    '拒绝与该网关最近 n 个密码相同的指定密码，1 至 24',
  'Folder for salted hashes of former passwords (default: beside the evidence key)':
    '存放历史密码加盐散列的目录（默认：证据密钥旁）',
  'Encrypt the new passwords for this age recipient (may be repeated)': '为该 age 接收者加密新密码（可重复给出）',
  'File with age recipients, one per line': '列有 age 接收者的文件，每行一个',
  'File for the encrypted passwords (default: passwords.age in the rotation folder)':
    '存放加密密码的文件（默认：轮换目录中的 passwords.age）',
  'Shell command that stores the new passwords; receives them as JSON lines on standard input':
    '保存新密码的 shell 命令，从标准输入以 JSON 行接收',
  'Use the passwords from this file; each line: a serial number and a password':
    '使用该文件中的密码；每行为序列号与密码',
  'Length of generated passwords, 8 to 30 characters': '所生成密码的长度，8 至 30 个字符',
  'Also print the new passwords': '同时打印新密码',
  'Size of the first wave, in gateways or percent': '首批的规模，以网关数或百分比表示',
  'Factor by which each wave is larger than the previous one': '每批相对前一批的放大倍数',
  'Maximum gateways per wave': '每批的最大网关数',
  'Stop when more than n gateways fail, or more than n% of those started':
    '失败的网关超过 n 个，或超过已开始网关的 n% 时停止',
  'Maximum calls at the same time': '最大并发调用数',
  'Maximum attempts per gateway in one run': '一次运行中每个网关的最多尝试次数',
  'Maximum time to wait for the answer to a call': '等待一次调用应答的最长时间',
  'Maximum time to wait for an offline gateway (default: do not wait)': '等待离线网关的最长时间（默认：不等待）',
  'Time after which a call whose answer was lost can no longer take effect': '应答丢失的调用在此时间之后不再可能生效',
  'Repeat a call whose answer was lost even if the endpoint cannot report its result':
    '即使接入点无法报告结果，也重发应答丢失的调用',
  'Folder for journal, evidence and passwords (default: rotation-<time>)':
    '存放日志、证据与密码的目录（默认：rotation-<时间>）',
  'Resume the rotation in this folder': '继续该目录中的轮换',
  'With --resume: also retry gateways that failed, were offline or have an unknown result':
    '与 --resume 同用：同时重试失败、离线或结果不明的网关',
  'Do not fail because of gateways that no API call can change': '不因没有 API 可修改的网关而判为失败',
  'Private key that signs the evidence; created if missing': '为证据签名的私钥，不存在时创建',
  'API address; {region} is replaced by the region id': 'API 地址，{region} 会替换为地域 ID',
  'Show the gateways, their operations and waves; change nothing': '显示网关、所用操作与批次，不作任何修改',
  'Print all output as JSON lines': '以 JSON 行打印全部输出',
  'Check that evidence is complete and signed with the given key; print a summary.':
    '检查证据是否完整且由给定密钥签名，并打印摘要。',
  'File evidence.jsonl of a rotation': '一次轮换的 evidence.jsonl 文件',
  'Public key (PEM) of the signer': '签名者的公钥（PEM）',
  'Print the records as JSON': '以 JSON 打印记录',
  'Decrypt the passwords of a rotation and print them as JSON lines.': '解密一次轮换的密码，并以 JSON 行打印。',
  'File passwords.age of a rotation': '一次轮换的 passwords.age 文件',
  'age identity file of a recipient': '接收者的 age 身份文件',
  'Allow printing to a terminal': '允许打印到终端',
} as const
