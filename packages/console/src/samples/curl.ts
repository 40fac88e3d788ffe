import { keyVariables, type SampleCall, wirePairs } from './call.ts'
import { commented, header } from './header.ts'
import type { Sample, SampleLanguage } from './language.ts'
import { quoteShell, requireVariables } from './shell.ts'

/** A plain shell with curl and openssl, signature V1. Secrets stay inside the shell and in pipes. */
export const curl: SampleLanguage = { id: 'curl', label: 'curl', isRun: true, generate }

function generate(call: SampleCall): Sample {
  const run = 'bash sample.sh'
  const install = ['apt-get install -y curl openssl']
  const own = wirePairs(call).map(
    ({ name, value }) => `add ${name} ${'text' in value ? quoteShell(value.text) : `"$${value.variable}"`}\n`,
  )
  const text = `#!/usr/bin/env bash
${commented(header(call, install, run), '#')}set -euo pipefail
${requireVariables(call)}
encode() { # RFC 3986, as the signature wants it
  local LC_ALL=C text=$1 out= i char code
  for ((i = 0; i < \${#text}; i++)); do
    char=\${text:i:1}
    case $char in
      [A-Za-z0-9._~-]) out+=$char ;;
      *) printf -v code '%d' "'$char"; printf -v char '%%%02X' $((code & 255)); out+=$char ;;
    esac
  done
  printf %s "$out"
}
hmac_sha1() { # RFC 2104 by hand: openssl takes a key only as an argument, which every user of the machine can read
  local LC_ALL=C key=$1 inner= outer= i byte
  for ((i = 0; i < 64; i++)); do
    byte=0
    ((i < \${#key})) && printf -v byte '%d' "'\${key:i:1}"
    printf -v inner '%s\\\\x%02x' "$inner" $((byte ^ 0x36))
    printf -v outer '%s\\\\x%02x' "$outer" $((byte ^ 0x5c))
  done
  { printf "$inner" && cat; } | openssl dgst -sha1 -binary | { printf "$outer" && cat; } | openssl dgst -sha1 -binary | base64
}
parameters=()
add() { parameters+=("$1=$(encode "$2")"); }

add Action ${call.action}
add Version ${call.version}
add Format JSON
add AccessKeyId "$${keyVariables.id}"
[[ -z \${${keyVariables.token}-} ]] || add SecurityToken "$${keyVariables.token}"
add SignatureMethod HMAC-SHA1
add SignatureVersion 1.0
add SignatureNonce "$(openssl rand -hex 16)"
add Timestamp "$(date -u +%Y-%m-%dT%H:%M:%SZ)"
${own.join('')}
canonical=$(printf '%s\\n' "\${parameters[@]}" | LC_ALL=C sort -t= -k1,1 | paste -sd'&' -)
signature=$(printf 'POST&%%2F&%s' "$(encode "$canonical")" | hmac_sha1 "$${keyVariables.secret}&")
printf '%s&Signature=%s' "$canonical" "$(encode "$signature")" |
  curl --silent --show-error --fail-with-body --max-time 60 --data-binary @- ${quoteShell(`${new URL(call.endpoint).origin}/`)}
`
  return { files: [{ name: 'sample.sh', text }], install, run }
}
