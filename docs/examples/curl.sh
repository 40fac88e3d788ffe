#!/usr/bin/env bash
# Change a gateway's administrator password with nothing but curl and openssl (signature V1).
# Usage: curl.sh <SmartAGId> <SmartAGSn> [JSON|XML], the new password on standard input.
# Secrets travel by standard input and variables of this shell, never in an argument of a program.
set -euo pipefail
data=${OPENSAG_DATA:-.opensag}
member() { sed -n "s/^ *\"$1\": \"\(.*\)\",\{0,1\}\$/\1/p" "$data/credentials.json"; }
encode() { # RFC 3986, as the signature wants it
  local LC_ALL=C text=$1 out= i char
  for ((i = 0; i < ${#text}; i++)); do
    char=${text:i:1}
    case $char in [A-Za-z0-9._~-]) out+=$char ;; *) printf -v char '%%%02X' "'$char"; out+=$char ;; esac
  done
  printf %s "$out"
}
hmac_sha1() { # RFC 2104 by hand: openssl takes a key only as an argument, which every user of the machine can read
  local LC_ALL=C key=$1 inner= outer= i byte
  for ((i = 0; i < 64; i++)); do
    byte=0
    ((i < ${#key})) && printf -v byte '%d' "'${key:i:1}"
    printf -v inner '%s\\x%02x' "$inner" $((byte ^ 0x36))
    printf -v outer '%s\\x%02x' "$outer" $((byte ^ 0x5c))
  done
  { printf "$inner" && cat; } | openssl dgst -sha1 -binary | { printf "$outer" && cat; } | openssl dgst -sha1 -binary | base64
}
IFS= read -r password || true

canonical=$(
  while IFS= read -r line; do printf '%s=%s\n' "${line%%=*}" "$(encode "${line#*=}")"; done <<END | LC_ALL=C sort | paste -sd'&'
AccessKeyId=$(member accessKeyId)
Action=ModifySAGAdminPassword
Format=${3:-JSON}
Password=$password
RegionId=$(member regionId)
SignatureMethod=HMAC-SHA1
SignatureNonce=$(openssl rand -hex 16)
SignatureVersion=1.0
SmartAGId=$1
SmartAGSn=$2
Timestamp=$(date -u +%Y-%m-%dT%H:%M:%SZ)
Version=2018-03-13
END
)
signature=$(printf 'POST&%%2F&%s' "$(encode "$canonical")" | hmac_sha1 "$(member accessKeySecret)&")
printf '%s&Signature=%s' "$canonical" "$(encode "$signature")" |
  curl --silent --show-error --max-time 60 --data-binary @- "$(member endpoint)/"
echo
